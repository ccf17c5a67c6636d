use super::super::edit::{apply, check};
use super::*;

fn done(text: &str) -> String {
    let found = edits(text);
    assert_eq!(check(text, &found), Ok(()));
    apply(text, &found).unwrap_or_default()
}

/// Both steps, as the pipeline runs them.
fn joined(text: &str) -> String {
    let text = done(text).replace('\u{C}', "\n");
    apply(&text, &super::super::lines::edits(&text)).unwrap_or_default()
}

/// A report of some paragraphs, without breaks.
const PARAGRAPHS: [&str; 4] = [
    "去年以来，云川县坚持把乡村产业摆在突出位置，新建高标准农田两万亩，改造老旧水渠六十公里，粮食产量稳定在八十万吨以上，农民收入增幅连续多年高于城镇居民。",
    "我们在调研中看到，山区乡镇的冷链设施仍然不足，不少合作社只能在集中上市的时候低价出售果品，加工企业的生产能力没有完全释放出来，品牌的影响力也有待提高。",
    "为此，县里组织了三个工作组，分别到沿河、东岭和白石三个片区走访农户，听取技术人员和返乡青年的想法，形成了十二条建议，其中九条已经列入今年的工作计划。",
    "下一步要继续完善利益联结机制，鼓励村集体以土地和厂房入股，支持供销社建设直达田头的仓储网络，让更多农产品走出大山，让更多群众从产业发展中得到实惠。",
];

/// The paragraphs wrapped at a width in characters, each with an indent.
fn wrapped(width: usize) -> Vec<String> {
    PARAGRAPHS
        .iter()
        .flat_map(|paragraph| {
            let chars: Vec<char> = format!("　　{paragraph}").chars().collect();
            chars
                .chunks(width)
                .map(|line| line.iter().collect::<String>())
                .collect::<Vec<_>>()
        })
        .collect()
}

/// Lines with something behind every `size` of them.
fn paged(lines: &[String], size: usize, foot: impl Fn(usize) -> String) -> String {
    lines
        .chunks(size)
        .enumerate()
        .map(|(page, lines)| lines.join("\n") + &foot(page))
        .collect()
}

fn expected() -> String {
    PARAGRAPHS.join("\n")
}

fn trimmed(text: &str) -> String {
    text.lines()
        .map(str::trim)
        .filter(|l| !l.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn numbers_of_every_form_go_from_wrapped_sentences() {
    for width in [14, 20, 27, 35] {
        for number in [
            "3",
            "- 12 -",
            "— 3 —",
            "第 3 页 共 9 页",
            "3/9",
            "·12·",
            "Page 3 of 9",
            "第3页",
            "－１２－",
        ] {
            for gap in ["\n", "\n\n"] {
                let lines = wrapped(width);
                let text = format!(
                    "{}{gap}{number}{gap}{}",
                    lines[..2].join("\n"),
                    lines[2..].join("\n")
                );
                assert_eq!(trimmed(&joined(&text)), expected(), "{number} at {width}");
            }
        }
    }
}

#[test]
fn numbers_that_rise_go_everywhere() {
    for width in [20, 28] {
        let lines = wrapped(width);
        for (left, right) in [("", ""), ("- ", " -"), ("第", "页")] {
            let text = paged(&lines, 5, |page| format!("\n{left}{}{right}\n", page + 1));
            assert_eq!(trimmed(&joined(&text)), expected(), "{left} at {width}");
        }
    }
}

#[test]
fn form_feeds_end_pages() {
    for width in [16, 24, 40] {
        let lines = wrapped(width);
        // As converters join pages, with and without a line feed before, with numbers, with blank lines.
        for between in ["\n\u{C}", "\u{C}", "\n\n\u{C}\n", "\r\n\u{C}"] {
            let text = paged(&lines, 4, |_| between.to_owned());
            assert_eq!(trimmed(&joined(&text)), expected(), "{between:?} at {width}");
            let text = paged(&lines, 4, |page| format!("\n\n{}{between}", page + 1));
            assert_eq!(
                trimmed(&joined(&text)),
                expected(),
                "number {between:?} at {width}"
            );
        }
    }
}

#[test]
fn a_page_ends_within_a_paragraph_on_one_line() {
    let [a, b, ..] = PARAGRAPHS;
    let (first, second): (String, String) = (a.chars().take(40).collect(), a.chars().skip(40).collect());
    for between in [
        "\n\u{C}",
        "\u{C}",
        "\n- 1 -\n\u{C}",
        "\n1\n\u{C}云川县乡村产业报告\n",
    ] {
        let text = format!("云川县乡村产业报告\n{first}{between}{second}\n{b}\n- 2 -");
        let text = if between.contains("云川") {
            format!("{text}\n\u{C}云川县乡村产业报告\n{b}\n3\n\u{C}云川县乡村产业报告\n{b}\n4")
        } else {
            text
        };
        assert!(joined(&text).contains(a), "{between:?}: {}", joined(&text));
    }
}

#[test]
fn heads_and_feet_go() {
    let lines = wrapped(24);
    let foot = |page: usize| format!("\n云川县人民政府办公室编\n{}\n\u{C}乡村产业调研报告\n", page + 1);
    let text = format!("乡村产业调研报告\n{}", paged(&lines, 5, foot));
    assert_eq!(
        trimmed(&joined(&text)),
        format!("乡村产业调研报告\n{}", expected())
    );
    // Odd pages have one head, even pages another, with their numbers in it.
    let foot = |page: usize| {
        if page.is_multiple_of(2) {
            format!("\n\u{C}{}　　乡村产业调研报告\n", page + 2)
        } else {
            format!("\n\u{C}云川县人民政府　　{}\n", page + 2)
        }
    };
    let text = paged(&lines, 3, foot);
    let done = trimmed(&joined(&text));
    assert!(
        !done.contains("乡村产业调研报告") && !done.contains("云川县人民政府　"),
        "{done}"
    );
    // Without form feeds: beside numbers, with numbers, alone.
    for head in [
        |page: usize| format!("\n{}\n乡村产业调研报告\n", page + 1),
        |page: usize| format!("\n乡村产业调研报告　{}\n", page + 1),
        |_: usize| "\n乡村产业调研报告\n".to_owned(),
    ] {
        let text = paged(&lines, 5, head);
        assert_eq!(trimmed(&joined(&text)), expected());
    }
}

#[test]
fn numbers_that_are_content_stay() {
    for text in [
        "任务清单\n1\n抓学习\n2\n抓落实\n3\n抓督查",
        "项目\n数量\n学校\n3\n医院\n12\n桥梁\n7\n公园\n9",
        "大事记\n2021\n云川县建成第一座水库\n2022\n白石大桥通车\n2023\n县城公园开放",
        "床前明月光\n3\n疑是地上霜",
        "3",
        "- 3 -",
        "第 3 页 共 9 页",
        "得票率\n3/9\n2/9",
        "第一章\n1\n春天来了。\n2\n夏天也来了。\n3\n秋天到了。",
        "— 1 —\n春天来了，山上的花都开了。\n— 2 —\n夏天也来了，河里的水满了。\n— 3 —\n秋天到了，田里的稻黄了。",
        "去年全县新建小学\n3\n所，中学两所，改扩建幼儿园五所。",
        "坚持党建引领，推动高效履职\n坚持人民至上，办好民生实事\n坚持依法行政，建设法治政府\n坚持改革创新，激发市场活力\n坚持底线思维，守住安全关口\n坚持从严从实，锻造过硬队伍",
    ] {
        assert_eq!(joined(text), text);
    }
}

#[test]
fn paragraphs_items_and_verse_stay_apart() {
    let mut lines = wrapped(24);
    lines.insert(4, "　　一、主要做法".to_owned());
    lines.insert(9, "（一）建好网络".to_owned());
    let done = joined(&lines.join("\n"));
    assert!(
        done.contains("\n　　一、主要做法\n") && done.contains("\n（一）建好网络\n"),
        "{done}"
    );
    let verse = "山高水长路漫漫，\n云淡风轻人未还。\n三月桃花开满树，\n一江春水过前滩。\n旧时茅屋今何在，\n新起高楼映碧澜。";
    assert_eq!(joined(verse), verse);
}

#[test]
fn repeated_lines_that_are_content_stay() {
    // A refrain, a table's rows, an item of every section.
    for text in [
        "第一节\n风吹过来了\n大家一起唱\n第二节\n雨落下来了\n大家一起唱\n第三节\n雪飘起来了\n大家一起唱",
        "甲镇\n人口 3 万\n面积 5 万\n合计\n乙镇\n人口 4 万\n面积 6 万\n合计\n丙镇\n人口 5 万\n面积 7 万\n合计",
    ] {
        assert_eq!(joined(text), text);
    }
}

#[test]
fn a_head_in_its_place_goes_on_the_first_page_too() {
    let lines = wrapped(24);
    for head in [
        "云川县人民政府公报 2024年第3期",
        "乡村产业调研资料汇编",
        "内部参考　注意保存",
    ] {
        for blanks in [5, 8] {
            let lead = "　".repeat(blanks);
            let foot = |_: usize| format!("\n\u{C}{lead}{head}\n");
            let text = format!(
                "{lead}{head}\n　　　　乡村产业调研报告\n{}",
                paged(&lines, 5, foot)
            );
            assert_eq!(
                trimmed(&joined(&text)),
                format!("乡村产业调研报告\n{}", expected()),
                "{head} at {blanks}"
            );
        }
    }
    // A title that the head repeats has larger letters, and so another indent; heads at the margin do not show their place.
    for (title, head) in [
        ("　　　　　乡村产业调研报告", "　　　　　　　　　乡村产业调研报告"),
        ("乡村产业调研报告", "乡村产业调研报告"),
        ("　　乡村产业调研报告", "　　乡村产业调研报告"),
    ] {
        let text = format!("{title}\n{}", paged(&lines, 5, |_| format!("\n\u{C}{head}\n")));
        assert_eq!(
            trimmed(&joined(&text)),
            format!("乡村产业调研报告\n{}", expected()),
            "{title}"
        );
    }
}

/// Lines as a typesetter fills them: a quarter of a character between Han characters and figures, which the text does not show.
fn typeset(paragraph: &str, width: f64) -> Vec<String> {
    let chars: Vec<char> = format!("　　{paragraph}").chars().collect();
    let mut lines = vec![String::new()];
    let mut used = 0.0;
    let mut at = 0;
    while at < chars.len() {
        // A number with its point stays whole.
        let mut end = at + 1;
        let figure = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '%';
        while figure(chars[at]) && chars.get(end).is_some_and(|c| figure(*c)) {
            end += 1;
        }
        let unit: String = chars[at..end].iter().collect();
        let seam = at > 0 && figure(chars[at]) != figure(chars[at - 1]);
        let size = if figure(chars[at]) {
            0.56 * (end - at) as f64
        } else {
            1.0
        };
        let gap = if seam { 0.25 } else { 0.0 };
        let marks = chars.get(end).is_some_and(|c| "，。、；".contains(*c));
        if used + gap + size + if marks { 1.0 } else { 0.0 } > width {
            lines.push(String::new());
            used = size;
        } else {
            used += gap + size;
        }
        if let Some(line) = lines.last_mut() {
            line.push_str(&unit);
        }
        at = end;
    }
    lines
}

#[test]
fn lines_with_many_figures_are_full_though_they_look_short() {
    let paragraphs = [
        "全年改造水渠60公里、道路96公里、危桥11座，新增泊位1500个、学位2400个，建成社区食堂15家、养老中心8处，清理河塘310公里，各项工程都按时完工交付使用，群众反映良好。",
        "去年完成造林5.4万亩、封山8.2万亩，森林覆盖率达到71.3%，比上年提高0.6个百分点；培育家庭农场73家、合作社28个，带动农户3600户，户均增收4200元以上，其中脱贫户占三成左右。",
        "下一步要用3年时间改造12个乡镇的水厂，铺设管网280公里，解决4.6万人的饮水困难；同时新建20座水窖、35处泵站，让山区里的村民也用上放心的自来水，这件事由县水利局牵头落实到位。",
    ];
    for width in [24.0, 28.0, 31.0] {
        let lines: Vec<String> = paragraphs.iter().flat_map(|p| typeset(p, width)).collect();
        let text = paged(&lines, 6, |_| "\n\u{C}".to_owned());
        assert_eq!(trimmed(&joined(&text)), paragraphs.join("\n"), "{width}");
    }
}

#[test]
fn a_text_of_nothing_but_heads_keeps_them() {
    for text in [
        "享享享\n<\u{C}享享享",
        "县志\n1\u{C}县志\n2",
        "公报\u{C}公报\u{C}公报",
    ] {
        let left = apply(text, &edits(text)).unwrap_or_default();
        assert!(left.contains(is_han), "{text:?} {left:?}");
    }
}

#[test]
fn text_that_repeats_from_page_to_page_stays() {
    let letter = |n: usize| {
        format!(
            "来信{n}：东街{n}号门前路灯不亮。\n经办人员已到现场查看，三日内修好。\n回复单位：云川县住建局\n"
        )
    };
    let complaint = |n: usize| {
        format!(
            "{n}. 东街{n}号居民反映自来水管道老化漏水情况，\n请有关部门尽快安排人员前往现场查看并组织\n修复。\n"
        )
    };
    let song = |n: usize| format!("第{n}段\n山高水长路又远\n我们歌唱家乡\n歌唱明天\n");
    let table = |n: usize| format!("姓名\t单位\t结果\n甲\t县政府\t合格\n乙{n}\t县医院\t合格\n");
    for pages in 2..5 {
        for text in [
            (1..=pages).map(letter).collect::<Vec<_>>().join("\u{C}"),
            (1..=pages).map(complaint).collect::<Vec<_>>().join("\u{C}"),
            (1..=pages).map(song).collect::<Vec<_>>().join("\u{C}"),
            (1..=pages).map(table).collect::<Vec<_>>().join("\u{C}"),
        ] {
            let lines: Vec<Edit> = edits(&text)
                .into_iter()
                .filter(|edit| edit.kind == EditKind::PageLine)
                .collect();
            assert!(lines.is_empty(), "{text:?} {lines:?}");
        }
    }
}
