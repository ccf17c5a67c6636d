//! Slogans on strings of our own: what is found, what is left out, and that nothing panics.

use duizhao::discourse::page::Page;
use duizhao::discourse::quotations;
use duizhao::discourse::slogans::{self, Quoted, SloganClass};
use duizhao::run::Watch;
use proptest::prelude::*;

fn found(text: &str) -> Vec<(String, &'static str)> {
    slogans::find(text)
        .into_iter()
        .map(|s| (s.surface, s.class.name()))
        .collect()
}

#[test]
fn classes() {
    for (text, surface, class) in [
        ("推行“六办”模式。", "六办", "numeric"),
        ("健全“1+9”制度体系。", "1+9", "numeric"),
        ("构建“22486”工作布局。", "22486", "numeric"),
        ("实行“五定三查”。", "五定三查", "numeric"),
        ("实现就业与增收双丰收。", "双丰收", "numeric"),
        ("推进五大惠民工程。", "五大惠民工程", "numeric"),
        ("坚决做到两个维护。", "两个维护", "numeric"),
        ("把安全作为第一责任。", "第一责任", "ordinal"),
        ("畅通配送“最后一百米”。", "最后一百米", "ordinal"),
        (
            "全力扩投资、促消费、稳外贸。",
            "扩投资、促消费、稳外贸",
            "parallel",
        ),
        (
            "推进数字化、网络化、智能化转型。",
            "数字化、网络化、智能化",
            "parallel",
        ),
        (
            "开展进车间、进课堂、进军营活动。",
            "进车间、进课堂、进军营",
            "parallel",
        ),
        (
            "改出新活力,闯出新天地,干出新样子。",
            "改出新活力,闯出新天地,干出新样子",
            "parallel",
        ),
        ("做到无遗漏、全覆盖。", "无遗漏、全覆盖", "parallel"),
        ("打造“山城夜话”品牌。", "山城夜话", "label"),
        ("坚持以人民为中心。", "以人民为中心", "label"),
    ] {
        assert!(
            found(text).contains(&(surface.to_owned(), class)),
            "{text}: {:?}",
            found(text)
        );
    }
}

#[test]
fn look_alikes_are_left_out() {
    for text in [
        // names
        "九寨沟和六盘水的游客。",
        "八达岭、十三陵、双鸭山。",
        "拨打“12345”热线。",
        // meetings
        "党的十九届四中、五中全会精神。",
        "市第七届人民代表大会第二次会议。",
        // counts and dates
        "建成四个服务站、七个卫生室。",
        "三级医院五家,二级医院十二家。",
        "双方签署协议。",
        "3月5日至8日,共25人参加。",
        "第三季度增长5%。",
        "第一批项目、第一季度、第一中学。",
        // titles
        "学习《双拥工作条例》。",
        "举办“消防知识入门”“急救常识”等专题讲座。",
        // plain lists
        "资金、项目、人才。",
        "介绍情况、回答提问、听取意见等。",
        "五湖四海、七上八下。",
        // speech
        "“我们今年收成不错,明年还要多种。”他说。",
        "",
    ] {
        assert!(found(text).is_empty(), "{text}: {:?}", found(text));
    }
}

#[test]
fn expansions() {
    for (text, surface, expansion) in [
        (
            "落实“三查”:查账目、查库存、查台账。",
            "三查",
            "查账目、查库存、查台账",
        ),
        (
            "开展“三比”活动(比技能、比作风、比贡献)。",
            "三比",
            "比技能、比作风、比贡献",
        ),
        (
            "抓好“老党员”“新党员”“预备党员”这三支队伍。",
            "三支队伍",
            "“老党员”“新党员”“预备党员”",
        ),
        ("实现生态与经济双提升。", "双提升", "生态与经济"),
        (
            "落实“两个全覆盖”。实现组织对企业全覆盖、服务对职工全覆盖。",
            "两个全覆盖",
            "组织对企业全覆盖、服务对职工全覆盖",
        ),
        (
            "增强“四个意识”。",
            "四个意识",
            "政治意识、大局意识、核心意识、看齐意识",
        ),
    ] {
        let all = slogans::find(text);
        let row = all.iter().find(|s| s.surface == surface).expect(text);
        assert_eq!(row.expansion.as_deref(), Some(expansion), "{text}");
        if let Some(span) = &row.expansion_span {
            let there: String = text.chars().skip(span.start).take(span.len()).collect();
            assert_eq!(there, expansion);
        }
    }
    // Another number of members is no expansion.
    let all = slogans::find("落实“三查”:查账目、查库存。");
    assert_eq!(all[0].expansion, None);
}

#[test]
fn quoted_and_nested() {
    let all = slogans::find("“他们搞起了‘田间课堂’,群众都说好。”抓实“严格落实三会一课、坚持民主评议党员”。");
    let row = |surface: &str| all.iter().find(|s| s.surface == surface).unwrap();
    assert_eq!(row("田间课堂").quoted, Quoted::Single);
    let outer = row("严格落实三会一课、坚持民主评议党员");
    assert_eq!((outer.quoted, outer.nested), (Quoted::Double, false));
    let inner = row("三会一课");
    assert_eq!(
        (inner.quoted, inner.nested, inner.class),
        (Quoted::Within, true, SloganClass::Numeric)
    );
}

#[test]
fn what_is_quoted_elsewhere_is_found_without_marks() {
    let texts = ["开展“田间课堂”活动。", "田间课堂办到村口。"];
    let all = slogans::find_all(&texts, &Watch::default()).unwrap();
    assert_eq!(all[1][0].surface, "田间课堂");
    assert_eq!(all[1][0].quoted, Quoted::No);
    // Not if it is mostly an everyday word.
    let texts = ["开展“服务站”活动。", "服务站、服务站、服务站、服务站、服务站。"];
    assert!(slogans::find_all(&texts, &Watch::default()).unwrap()[1].is_empty());
}

#[test]
fn kinds_of_quotation() {
    for (text, kind) in [
        ("局长李某表示:“今年的任务已经完成。”", "speech"),
        ("“路通了,日子就好了。”村民说。", "speech"),
        ("打造“山城夜话”品牌。", "coinage"),
        ("作了题为“乡村治理的路径”的发言。", "title"),
        ("突出“新”字。", "emphasis"),
    ] {
        assert_eq!(quotations::find(&Page::of(text))[0].kind.name(), kind, "{text}");
    }
}

proptest! {
    #[test]
    fn spans_slice_back(text in "[一二三双两个大项支第最公里化学进送讲建设工程意识“”‘’、，。：:()（）+0-9的与和到哪强做\n]{0,60}") {
        let chars: Vec<char> = text.chars().collect();
        let all = slogans::find(&text);
        for s in &all {
            prop_assert!(s.span.start < s.span.end && s.span.end <= chars.len());
            prop_assert_eq!(chars[s.span.clone()].iter().collect::<String>(), s.surface.clone());
            if let (Some(e), Some(words)) = (&s.expansion_span, &s.expansion) {
                prop_assert_eq!(&chars[e.clone()].iter().collect::<String>(), words);
            }
        }
        // No place twice; in order.
        prop_assert!(all.windows(2).all(|w| (w[0].span.start, w[1].span.end) <= (w[1].span.start, w[0].span.end.max(w[1].span.end))));
    }

    #[test]
    fn nothing_panics(text in any::<String>()) {
        let _ = slogans::find(&text);
    }
}
