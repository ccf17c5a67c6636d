use super::*;

/// The lines that stay, and the metadata.
fn read(text: &str) -> (String, PageMetadata) {
    let (found, metadata) = edits(text);
    let mut body = String::new();
    let mut done = 0;
    for edit in &found {
        assert!(edit.start >= done && edit.end > edit.start, "{edit:?}");
        body.push_str(&text[done..edit.start]);
        body.push_str(&edit.replacement);
        done = edit.end;
    }
    body.push_str(&text[done..]);
    let body: Vec<_> = body.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    (body.join("\n"), metadata)
}

#[allow(clippy::unnecessary_wraps)] // shortens the expectations below
fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[test]
fn a_news_page() {
    let (body, metadata) = read(concat!(
        "首页 新闻 专题 视频\n首页 > 新闻 > 要闻\n云川县春耕开局良好\n全县投入农机三千台\n",
        "2024-03-08 09:15  来源：云川日报  作者：李明 王小红  点击：1024\n\n",
        "春分刚过，云川县的田野里一片繁忙。\n一、抢农时\n农机手们天不亮就下地，一直干到日落。\n",
        "（记者 张三丰 通讯员 赵敏）\n责任编辑：周芷若\n上一篇：某某会议召开\n相关新闻\n邻县开展植树\n扫一扫在手机打开当前页\n",
    ));
    assert_eq!(
        body,
        "春分刚过，云川县的田野里一片繁忙。\n一、抢农时\n农机手们天不亮就下地，一直干到日落。"
    );
    assert_eq!(
        metadata,
        PageMetadata {
            title: some("云川县春耕开局良好"),
            date: some("2024-03-08"),
            source: some("云川日报"),
            author: some("李明、王小红"),
            reporter: some("张三丰、赵敏"),
            editor: some("周芷若"),
        }
    );
}

#[test]
fn a_traditional_page_keeps_its_characters() {
    let (body, metadata) = read(concat!(
        "首 頁  新 聞  關於我們  聯絡\n雲川縣議會開幕\n發布時間：2023年7月1日 來源：雲川時報 責任編輯：陳國強\n",
        "縣議會昨日開幕，議員們聽取了報告。\n會議將進行五天。（記者 劉體仁）\n列印\n",
    ));
    assert_eq!(body, "縣議會昨日開幕，議員們聽取了報告。\n會議將進行五天。");
    assert_eq!(metadata.title, some("雲川縣議會開幕"));
    assert_eq!(metadata.date, some("2023-07-01"));
    assert_eq!(metadata.source, some("雲川時報"));
    assert_eq!(metadata.editor, some("陳國強"));
    assert_eq!(metadata.reporter, some("劉體仁"));
}

#[test]
fn a_speech_begins_with_its_salutation() {
    let (body, metadata) = read(concat!(
        "【字号：\n大\n中\n小\n】\n政府工作报告\n——二〇二三年一月十二日在云川县第九届人民代表大会第三次会议上\n",
        "云川县县长　　高 远\n县长高远作报告。本报记者 林立 摄\n各位代表：\n现在，我代表县人民政府向大会报告工作。\n",
    ));
    assert_eq!(body, "各位代表：\n现在，我代表县人民政府向大会报告工作。");
    assert_eq!(metadata.title, some("政府工作报告"));
    assert_eq!(metadata.date, some("2023-01-12"));
    assert_eq!(metadata.author, some("高远"));
}

#[test]
fn labels_and_values_on_lines_of_their_own() {
    let (body, metadata) = read(
        "当前位置：\n首页\n>\n要闻\n云川县的一年\n发布时间：\n2022-12-31 10:00\n来源：\n云川发布\n这一年，云川县成绩不小。\n责任编辑：\n何小萍\n",
    );
    assert_eq!(body, "这一年，云川县成绩不小。");
    assert_eq!(metadata.title, some("云川县的一年"));
    assert_eq!(metadata.date, some("2022-12-31"));
    assert_eq!(metadata.source, some("云川发布"));
    assert_eq!(metadata.editor, some("何小萍"));
}

#[test]
fn an_abstract_goes_only_if_the_body_repeats_it() {
    let page = "云川县治水记\n2021-5-6 来源：云川网\n摘要：云川县三年治水，全县河道水质明显改善，沿河群众拍手称快 ...\n";
    let (body, _) = read(&format!(
        "{page}云川县三年治水，全县河道水质明显改善，沿河群众拍手称快，游客也多了起来。\n"
    ));
    assert_eq!(
        body,
        "云川县三年治水，全县河道水质明显改善，沿河群众拍手称快，游客也多了起来。"
    );
    let (body, _) = read(&format!("{page}本文考察河道治理的制度安排与执行。\n"));
    assert!(body.starts_with("摘要：云川县三年治水"), "{body}");
}

#[test]
fn texts_without_page_furniture_stay_whole() {
    for text in [
        "",
        "\n\n",
        "春\n盼望着，盼望着，东风来了，春天的脚步近了。\n一切都像刚睡醒的样子。",
        "静夜思\n李白\n床前明月光，疑是地上霜。\n举头望明月，低头思故乡。",
        "各位代表：\n现在，我代表县人民政府向大会报告工作。\n一、过去一年\n工作有进步。\n二〇二三年一月十二日",
        "一、总体要求\n以人民为中心，办好实事。\n二、主要任务\n修路，建桥，办学校。",
        "近年来，云川县政协认真履职。\n坚持党建引领\n为群众办事。\n附件：名单",
        "问：你们做了什么？\n答：修了三座桥。\n记者：还有呢？\n答：没有了。",
        "各位同志，大家好！今天我们讨论春耕。\n来源复杂，情况不一。",
        "云川县人民政府办公室\n关于做好春耕工作的通知\n各乡镇人民政府：\n请做好春耕工作。\n云川县人民政府办公室\n2023年3月1日",
        "大\n中\n小学生都来了，操场上很热闹。",
        "2023年5月1日\n今天我去了云川县，看见了大河。",
        "他们见了面，说了很久的话，然后分别。\n握手",
    ] {
        assert_eq!(edits(text), (Vec::new(), PageMetadata::default()), "{text}");
    }
}

#[test]
fn parentheses_at_the_end_that_are_no_byline_stay() {
    for end in [
        "（见附件）",
        "（一）",
        "(市州)",
        "（2023年）",
        "（完）",
        "（记者注：此处有误）",
    ] {
        let text = format!("云川新闻\n来源：云川日报 2023-01-02\n会议通过了决定。{end}");
        let (body, _) = read(&text);
        assert_eq!(body, format!("会议通过了决定。{end}"));
    }
}

#[test]
fn subheadings_and_markup() {
    let (body, metadata) = read(
        "# 云川县河道条例\n\n2020年1月1日 云川县人大通过\n\n<!-- INFO END -->\n\n## 第一章 总则\n\n第一条 为了保护河道，制定本条例。\n",
    );
    assert_eq!(metadata.title, some("云川县河道条例"));
    assert_eq!(
        body,
        "2020年1月1日 云川县人大通过\n## 第一章 总则\n第一条 为了保护河道，制定本条例。"
    );
}

#[test]
fn words_that_are_buttons_too_are_no_page() {
    let body = "会议讨论了春耕，部署了水利工作。";
    for text in [
        "学习 交流 分享",
        "小 微 企业",
        "微信 公众号 运营",
        "下载 附件1 附件2",
        "收藏 转发 点赞",
        "微博 微信 朋友圈",
        "搜索 > 下载 > 安装",
        "论坛 沙龙 讲座",
        "首页",
        "<b>县水利局</b>公告",
        "关注 评论",
    ] {
        assert_eq!(edits(text).0, Vec::new(), "{text}");
        let behind = format!("{body}\n{text}");
        let kept = read(&behind).0;
        assert!(kept.contains(text) || text == "首页", "{kept}");
    }
    for last in [
        "企业规模 大 中 小 微",
        "投票渠道：微信 微博 网站",
        "衣服尺码：大号 中号 小号 特大",
        "服务方式 微信 电话 窗口",
        "需求 > 设计 > 开发",
    ] {
        let text = format!("{body}\n{last}");
        assert_eq!(read(&text).0, text);
    }
}

#[test]
fn rows_of_words_behind_a_label_stay_on_pages() {
    let page = "云川县春耕\n来源：云川日报 2023-01-02\n县里开了会，讨论了春耕和水利。\n";
    for last in [
        "投票渠道：微信 微博 网站",
        "企业规模 大 中 小 微",
        "学习 分享 成长",
    ] {
        let (body, _) = read(&format!("{page}{last}\n首页 新闻 论坛 视频\n"));
        assert_eq!(body, format!("县里开了会，讨论了春耕和水利。\n{last}"));
    }
    let (body, _) = read(&format!("{page}微信 微博 朋友圈 分享\n首页 新闻 论坛 视频\n"));
    assert_eq!(body, "县里开了会，讨论了春耕和水利。");
}

#[test]
fn no_text_is_emptied() {
    for text in [
        "来源：云川日报",
        "云川县春耕\n来源：云川日报 2023-01-02",
        "首页 新闻 专题 视频\n上一篇 下一篇",
        "责任编辑：王明",
        "相关报道\n春耕开始\n水利会议召开",
        "当前位置：首页 > 要闻",
        "版权所有 云川县人民政府",
        "春耕\n来源：云川日报 记者 王明 李小红\n责任编辑：赵敏",
    ] {
        assert_eq!(edits(text).0, Vec::new(), "{text}");
    }
    assert_eq!(
        edits("云川县春耕\n来源：云川日报 2023-01-02").1.source,
        some("云川日报")
    );
}
