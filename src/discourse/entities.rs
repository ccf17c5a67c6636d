//! Named bodies (市政协党组, 眉山市委) and persons with a post (主席王某某), by suffixes, a list of posts and a list of surnames.
//!
//! These are rules, not a recogniser: a body without one of the listed cores and a person without a post are not found.

use std::ops::Range;

use super::chars::{Chars, is_han};
use crate::text::segment::default_jieba;

/// A named body; places in characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    /// Place, core and parts.
    pub span: Range<usize>,
    /// The place in its name, if one is there.
    pub place: Option<Range<usize>>,
    /// `national`, `province`, `city`, `county`, `township`, `village`, if the name says so.
    pub level: Option<&'static str>,
    /// `party`, `government`, `congress`, `cppcc`, `court`, `mass`.
    pub kind: &'static str,
}

/// A person with a post; places in characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The name.
    pub name: Range<usize>,
    /// The post.
    pub post: Range<usize>,
    /// The body right before the post.
    pub body: Option<Range<usize>>,
}

const CORES: &[(&str, &str)] = &[
    ("党中央", "party"),
    ("中央委员会", "party"),
    ("省委", "party"),
    ("市委", "party"),
    ("县委", "party"),
    ("区委", "party"),
    ("州委", "party"),
    ("旗委", "party"),
    ("镇党委", "party"),
    ("乡党委", "party"),
    ("党委", "party"),
    ("党组", "party"),
    ("党总支", "party"),
    ("党支部", "party"),
    ("纪委", "party"),
    ("纪委监委", "party"),
    ("组织部", "party"),
    ("宣传部", "party"),
    ("统战部", "party"),
    ("政法委", "party"),
    ("党校", "party"),
    ("国务院", "government"),
    ("人民政府", "government"),
    ("政府", "government"),
    ("监委", "government"),
    ("监察委员会", "government"),
    ("公安局", "government"),
    ("司法局", "government"),
    ("财政局", "government"),
    ("教育局", "government"),
    ("民政局", "government"),
    ("发展改革委", "government"),
    ("住房城乡建设局", "government"),
    ("卫生健康委", "government"),
    ("审计局", "government"),
    ("人大常委会", "congress"),
    ("人大", "congress"),
    ("人民代表大会常务委员会", "congress"),
    ("人民代表大会", "congress"),
    ("政协", "cppcc"),
    ("专委会", "cppcc"),
    ("专门委员会", "cppcc"),
    ("常委会", "cppcc"),
    ("人民法院", "court"),
    ("人民检察院", "court"),
    ("中级人民法院", "court"),
    ("高级人民法院", "court"),
    ("工商联", "mass"),
    ("总工会", "mass"),
    ("妇联", "mass"),
    ("团委", "mass"),
    ("残联", "mass"),
    ("科协", "mass"),
    ("文联", "mass"),
    ("红十字会", "mass"),
];

/// Parts that a body can have.
const PARTS: &[&str] = &[
    "机关党组",
    "机关党委",
    "机关党支部",
    "办公室党支部",
    "党组",
    "党委",
    "党支部",
    "常委会",
    "常务委员会",
    "办公室",
    "办公厅",
    "专委会",
    "专门委员会",
    "机关",
    "委员会",
    "主席会议",
    "主席团",
];

/// What ends the name of a place, and its level.
const PLACES: &[(&str, &str)] = &[
    ("自治区", "province"),
    ("省", "province"),
    ("自治州", "city"),
    ("市", "city"),
    ("州", "city"),
    ("盟", "city"),
    ("自治县", "county"),
    ("县", "county"),
    ("区", "county"),
    ("旗", "county"),
    ("街道", "township"),
    ("乡", "township"),
    ("镇", "township"),
    ("村", "village"),
    ("社区", "village"),
];

const POSTS: &[&str] = &[
    "总书记",
    "国家主席",
    "总理",
    "副总理",
    "委员长",
    "主席",
    "副主席",
    "书记",
    "副书记",
    "党委书记",
    "党组书记",
    "党组副书记",
    "党支部书记",
    "党组成员",
    "第一书记",
    "纪委书记",
    "政法委书记",
    "省长",
    "副省长",
    "市长",
    "副市长",
    "县长",
    "副县长",
    "区长",
    "副区长",
    "州长",
    "镇长",
    "副镇长",
    "乡长",
    "局长",
    "副局长",
    "厅长",
    "副厅长",
    "部长",
    "副部长",
    "处长",
    "科长",
    "主任",
    "副主任",
    "秘书长",
    "副秘书长",
    "会长",
    "副会长",
    "院长",
    "副院长",
    "检察长",
    "校长",
    "副校长",
    "董事长",
    "总经理",
    "村支书",
    "村主任",
    "组长",
    "副组长",
    "政协委员",
    "委员",
    "代表",
    "常委",
    "通讯员",
    "记者",
    "教授",
    "研究员",
    "主持人",
    "负责人",
    "村民",
    "居民",
    "队长",
    "站长",
    "所长",
    "庭长",
    "法官",
    "检察官",
    "行长",
    "司令员",
    "政委",
    "理事长",
];

const SURNAMES: &str = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫嵺苟褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝巩稽练仲乐虞卞封竺冼衣楼佟栗匡宗巫鞠僧桑荆谌银明沙薄伏岑习胥蔺";
const COMPOUND: &[&str] = &[
    "欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "令狐", "慕容", "司徒", "夏侯", "端木",
    "南宫", "独孤",
];

/// What stands behind a name inside a clause.
const AFTER_NAME: &[&str] = &[
    "说", "表示", "指出", "强调", "介绍", "告诉", "认为", "在", "等", "同志", "为", "出席", "主持", "参加",
    "和", "与", "率", "带", "作", "的", "向", "对", "从", "感慨", "坦言", "讲", "到", "先后", "一行", "宣布",
    "代表", "就", "自豪", "高兴", "深有", "来", "任", "当选", "深入", "调研", "陪同", "致", "发", "也", "于",
    "是", "已", "正", "围绕", "走访", "主动", "回忆", "笑", "谈", "提出", "称", "直言", "受", "以", "及",
    "还", "曾", "亲自", "一边", "分别", "多次", "带领", "女士", "先生",
];

/// The bodies of a text, in order.
pub fn bodies(text: &Chars) -> Vec<Body> {
    let mut found: Vec<Body> = Vec::new();
    let mut i = 0;
    while i < text.len() {
        let core = CORES
            .iter()
            .filter(|(word, _)| text.starts_with(i, word))
            .max_by_key(|(word, _)| word.chars().count());
        let Some(&(word, kind)) = core else {
            i += 1;
            continue;
        };
        let mut end = i + word.chars().count();
        // 党委 and 政府 in compounds of other words, and levels that begin a core: 县委书记 has 县委 in it, which is right.
        while let Some(length) = text.longest_at(end, PARTS) {
            end += length;
        }
        let floor = found.last().map_or(0, |b| b.span.end);
        let (start, place, level) = place_before(text, i, floor);
        found.push(Body {
            span: start..end,
            place,
            level,
            kind,
        });
        i = end;
    }
    found
}

/// Where the place before a core begins, and its level. The core may begin with the suffix of the place itself: 市委.
fn place_before(
    text: &Chars,
    core: usize,
    floor: usize,
) -> (usize, Option<Range<usize>>, Option<&'static str>) {
    for (word, level) in [
        ("全国", "national"),
        ("中共中央", "national"),
        ("中央", "national"),
    ] {
        if text.ends_with(core, word) {
            let start = core - word.chars().count();
            return (start, Some(start..core), Some(level));
        }
    }
    if text.starts_with(core, "党中央") || text.starts_with(core, "国务院") || text.starts_with(core, "中央")
    {
        return (core, None, Some("national"));
    }
    let inside = ["省", "市", "县", "区", "州", "旗"]
        .iter()
        .any(|s| text.starts_with(core, s));
    let mut end = if inside { core + 1 } else { core };
    let (mut start, mut place, mut level) = (core, None, None);
    // From the innermost place outwards: 郑州市金水区.
    while let Some((suffix, of)) = PLACES
        .iter()
        .filter(|(s, _)| text.ends_with(end, s))
        .max_by_key(|(s, _)| s.chars().count())
    {
        let stem = end - suffix.chars().count();
        level = level.or(Some(*of));
        let name = stem_before(text, stem, floor, suffix);
        // 我市, 各县, a bare 市.
        let from = stem - name;
        start = from.min(core);
        if name > 0 {
            place = Some(from..place.as_ref().map_or(end, |p: &Range<usize>| p.end));
        }
        end = from;
        if name == 0 {
            break;
        }
    }
    if text.ends_with(start, "中共") && start >= floor + 2 {
        start -= 2;
    }
    (start, place, level)
}

/// How many characters before the suffix belong to the name of the place.
fn stem_before(text: &Chars, stem: usize, floor: usize, suffix: &str) -> usize {
    const WALLS: &str = "的了在为以与和及对向由从到是把将被让经等各全本该来我省市县区乡镇、";
    let limit = (1..=4)
        .take_while(|&n| stem >= floor + n && is_han(text.at(stem - n)) && !WALLS.contains(text.at(stem - n)))
        .last()
        .unwrap_or(0);
    let jieba = default_jieba();
    let known = |n: usize| {
        let name = text.read(stem - n..stem);
        let tags = jieba.tag(&name, false);
        let place = n > 1 && tags.len() == 1 && tags[0].tag == "ns";
        place || jieba.has_word(&format!("{name}{suffix}"))
    };
    // Only names of the dictionary, the longest first: what else stands there may be a verb (争取市委).
    (1..=limit).rev().find(|&n| known(n)).unwrap_or(0)
}

/// The persons of a text, in order.
pub fn persons(text: &Chars, bodies: &[Body]) -> Vec<Person> {
    let mut found: Vec<Person> = Vec::new();
    let mut i = 0;
    while i < text.len() {
        let Some(length) = text.longest_at(i, POSTS) else {
            i += 1;
            continue;
        };
        let post = i..i + length;
        let body = bodies
            .iter()
            .find(|b| b.span.end == post.start)
            .map(|b| b.span.clone());
        let floor = found.last().map_or(0, |p| p.name.end.max(p.post.end));
        // 城镇居民, 党员委员: only heads are written behind their names.
        let leads = matches!(text.before(post.end), '记' | '席' | '长' | '理' | '任');
        let name = name_after(text, post.end)
            .or_else(|| leads.then(|| name_before(text, post.start, floor)).flatten());
        i = post.end;
        if let Some(name) = name {
            i = i.max(name.end);
            found.push(Person { name, post, body });
        }
    }
    found
}

fn surname(text: &Chars, at: usize) -> Option<usize> {
    text.longest_at(at, COMPOUND)
        .or_else(|| (is_han(text.at(at)) && SURNAMES.contains(text.at(at))).then_some(1))
}

/// A name right behind a post, perhaps behind one space: surname and one or two characters before a boundary.
fn name_after(text: &Chars, place: usize) -> Option<Range<usize>> {
    let start = place + usize::from(matches!(text.at(place), ' ' | '\u{3000}'));
    let family = surname(text, start)?;
    let bound = |end: usize| !is_han(text.at(end)) || text.longest_at(end, AFTER_NAME).is_some();
    let title = |end: usize| text.longest_at(end, POSTS).is_some();
    // 王芳说: the third character begins what follows the name.
    let short = text.longest_at(start + family + 1, AFTER_NAME).is_some_and(|n| {
        matches!(
            text.at(start + family + 1),
            '说' | '表' | '指' | '在' | '介' | '告' | '认' | '强'
        ) && n > 0
    });
    let givens = if short { [1, 2] } else { [2, 1] };
    givens
        .into_iter()
        .map(|given| start + family + given)
        .find(|&end| {
            text.span(start..end).iter().all(|&c| is_han(c))
                && end - start == text.span(start..end).len()
                && bound(end)
                && !title(start)
        })
        .filter(|&end| !is_word(text, start..end))
        .map(|end| start..end)
}

/// A name right before a post: 王某某主席; only where the name begins a clause or the dictionary has it.
fn name_before(text: &Chars, post: usize, floor: usize) -> Option<Range<usize>> {
    [4, 3, 2].into_iter().find_map(|length| {
        let start = post.checked_sub(length).filter(|&s| s >= floor)?;
        let family = surname(text, start)?;
        let han = text.span(start..post).iter().all(|&c| is_han(c));
        let (jieba, name) = (default_jieba(), text.read(start..post));
        let listed = jieba.tag(&name, false);
        let known = listed.len() == 1 && listed[0].tag.starts_with("nr");
        let begins = !is_han(text.before(start));
        (han && family < length
            && (known || (begins && length == family + 2 && listed.len() > 1 && !is_word(text, start..post))))
        .then_some(start..post)
    })
}

/// Whether the string is a word of the dictionary that is no name: 高质量, 成绩.
fn is_word(text: &Chars, span: Range<usize>) -> bool {
    let name = text.read(span);
    let jieba = default_jieba();
    let tags = jieba.tag(&name, false);
    tags.len() == 1 && !tags[0].tag.starts_with("nr") && tags[0].tag != "x"
        || tags.first().is_some_and(|t| {
            t.word.chars().count() == 2 && !t.tag.starts_with("nr") && name.chars().count() == 3
        })
}
