//! The closed lists behind bodies: cores, parts, levels of places, and what tells a core from a chance meeting of characters.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::super::chars::Chars;

/// A word that makes a body.
#[derive(Debug)]
pub(super) struct Core {
    /// How many characters.
    pub(super) length: usize,
    /// `party`, `government`, `congress`, `cppcc`, `court`, `mass`.
    pub(super) kind: &'static str,
    /// Whether it is a body only with a place or level right before it: 法院 is in 县法院, not in 法院系统.
    pub(super) bound: bool,
    word: Vec<char>,
}

const PARTY: &str = "\
    党中央 中共中央 中央委员会 中央军委 中央纪委 中央政法委 省委 市委 县委 区委 州委 旗委 盟委 \
    镇党委 乡党委 街道党工委 党工委 党委 党组 党总支 党支部 机关党组 机关党委 机关党支部 纪委 纪委监委 纪律检查委员会 组织部 \
    宣传部 统战部 政法委 政法委员会 党校";
const GOVERNMENT: &str = "\
    国务院 人民政府 政府 监委 监察委员会 街道办事处 公安局 公安厅 司法局 司法厅 财政局 财政厅 \
    教育局 教育厅 民政局 民政厅 发展改革委 发展改革委员会 发展和改革委员会 住房城乡建设局 卫生健康委 \
    卫生健康委员会 审计局 审计厅 税务局 统计局 人民银行";
const CONGRESS: &str = "\
    人大常委会 人大 人民代表大会常务委员会 人民代表大会 常务委员会 法制委员会 法制工作委员会";
const CPPCC: &str = "\
    中国人民政治协商会议 人民政协 政协 专委会 专门委员会 常委会 主席会议";
const COURT: &str = "\
    人民法院 人民检察院 中级人民法院 高级人民法院 最高人民法院 最高人民检察院 最高法 最高检";
const MASS: &str = "\
    工商联 工商业联合会 总工会 工会 妇联 妇女联合会 共青团 团省委 团市委 团县委 团区委 团州委 \
    团委 残联 残疾人联合会 科协 科学技术协会 文联 文学艺术界联合会 侨联 红十字会 村民委员会 \
    居民委员会 村委会 居委会";
/// Bodies only where a place or level stands right before.
const BOUND: &[(&str, &str)] = &[("法院", "court"), ("检察院", "court"), ("监狱", "government")];

/// What offices of a government are for; an office is one of these and 局, 厅, 委 or 委员会 behind a place or level: 省水利厅.
const SECTORS: &str = "\
    水利 水务 农业 农业农村 农牧 林业 林业和草原 园林 园林绿化 自然资源 自然资源和规划 \
    规划和自然资源 规划 国土资源 生态环境 环境保护 城乡规划 城乡建设 住房和城乡建设 住房城乡建设 \
    建设 交通 交通运输 商务 商业 文化 文化和旅游 文化广电旅游 旅游 卫生 应急管理 市场监督管理 \
    市场监管 工商行政管理 质量技术监督 医疗保障 退役军人事务 人力资源和社会保障 人力资源社会保障 人事 \
    劳动 科学技术 科技 工业和信息化 经济和信息化 信访 城市管理 城市管理综合执法 城管 行政审批 \
    行政审批服务 体育 广播电视 新闻出版 粮食 物价 民族宗教事务 民族事务 民族 外事 侨务 档案 气象 \
    地震 海洋 海洋渔业 畜牧 乡村振兴 国资 国有资产监督管理 计划 经济 经贸 机关事务管理 大数据 \
    金融 统计 公安 国家安全 司法 财政 教育 民政 审计 税务 安全生产监督管理 食品药品监督管理 \
    药品监督管理 房产管理 房产 土地管理 文物 公路 邮政 供销 口岸 港口 消防 城乡建设管理 \
    人口和计划生育 计划生育";
const OFFICES: &[&str] = &["局", "厅", "委", "委员会"];

/// Ministries: one of these and 部.
const MINISTRIES: &str = "\
    外交 国防 教育 科技 科学技术 公安 国家安全 民政 司法 财政 人力资源社会保障 人力资源和社会保障 \
    自然资源 生态环境 住房城乡建设 住房和城乡建设 交通 交通运输 铁道 水利 农业 农业农村 林业 商业 \
    商务 外贸 对外贸易 文化 文化和旅游 卫生 应急管理 工业和信息化 信息产业 国土资源 建设 化学工业 \
    冶金工业 石油工业 煤炭工业 电力工业 纺织工业 轻工业 食品工业 机械工业 重工业 邮电 粮食 劳动 \
    内务 城市建设 物资 退役军人事务 中央组织 中央宣传 中央统战";

fn table() -> &'static FxHashMap<char, Vec<Core>> {
    static TABLE: OnceLock<FxHashMap<char, Vec<Core>>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut found: FxHashMap<char, Vec<Core>> = FxHashMap::default();
        let mut put = |word: &str, kind: &'static str, bound: bool| {
            let word: Vec<char> = word.chars().collect();
            if let Some(&first) = word.first() {
                found.entry(first).or_default().push(Core {
                    length: word.len(),
                    kind,
                    bound,
                    word,
                });
            }
        };
        for (words, kind) in [
            (PARTY, "party"),
            (GOVERNMENT, "government"),
            (CONGRESS, "congress"),
            (CPPCC, "cppcc"),
            (COURT, "court"),
            (MASS, "mass"),
        ] {
            for word in words.split_whitespace() {
                put(word, kind, false);
            }
        }
        for (word, kind) in BOUND {
            put(word, kind, true);
        }
        for sector in SECTORS.split_whitespace() {
            for office in OFFICES {
                put(&format!("{sector}{office}"), "government", true);
            }
        }
        for ministry in MINISTRIES.split_whitespace() {
            put(
                &format!("{ministry}部"),
                if ministry.starts_with("中央") {
                    "party"
                } else {
                    "government"
                },
                false,
            );
        }
        found
    })
}

/// The longest core at a place that is not a chance meeting: 党组织, 市委托, 财政部门, 政府采购, 行政协调 hold none.
pub(super) fn core_at(text: &Chars, at: usize) -> Option<&'static Core> {
    table()
        .get(&text.at(at))?
        .iter()
        .filter(|core| core.word.iter().enumerate().all(|(k, &c)| text.at(at + k) == c))
        .filter(|core| !by_chance(text, at, core))
        .max_by_key(|core| core.length)
}

/// For the last character of a core: what behind it makes another word of both.
const GOES_ON: &[(char, &[&str])] = &[
    ('委', &["托", "派", "任", "婉", "屈", "员"]),
    ('组', &["织", "建", "成部"]),
    (
        '部',
        &["门", "署", "分", "队", "位", "件", "长", "级", "落", "委", "下"],
    ),
    ('局', &["面", "势", "部", "限", "促", "长"]),
    ('厅', &["长"]),
    (
        '大',
        &[
            "力", "病", "量", "多", "会堂", "胆", "额", "学", "规模", "幅", "面积", "气", "型", "步",
        ],
    ),
    (
        '联',
        &["系", "合", "动", "通", "播", "网", "防", "席", "盟", "邦"],
    ),
    (
        '协',
        &[
            "调解", "调机", "调推", "调各", "调有", "调解", "同推", "助", "作", "定", "会",
        ],
    ),
    ('会', &["议", "计"]),
    ('团', &["员", "结"]),
    ('校', &["企", "园", "外"]),
    (
        '府',
        &[
            "采购",
            "储备",
            "购买",
            "债",
            "投资",
            "性",
            "补贴",
            "基金",
            "专项",
            "定价",
            "指导价",
            "工作报告",
            "收入",
            "引导基金",
            "信息公开",
            "规章",
            "间",
            "首脑",
            "军",
        ],
    ),
];

/// Words that end with the first character of a core, or kinds of a thing that is no body.
const COMES_BEFORE: &[(&str, &[&str])] = &[
    ("政协", &["行", "财", "民", "邮"]),
    (
        "政府",
        &[
            "型", "法治", "数字", "诚信", "廉洁", "阳光", "智慧", "各国", "外国", "国", "电子", "非", "反",
            "伪",
        ],
    ),
    ("人大", &["个", "众", "老", "病", "动", "本", "的"]),
    ("党委", &["友", "派"]),
    ("工会", &["职", "员", "施", "开", "分", "民", "总"]),
    ("团委", &["集"]),
    ("文联", &["中", "英", "人"]),
    ("妇联", &[]),
    ("科协", &["学"]),
    ("市委", &["城", "门", "上", "超"]),
    ("区委", &["社", "地", "园", "小"]),
    ("省委", &["节"]),
    ("常务委员会", &["国"]),
];

fn by_chance(text: &Chars, at: usize, core: &Core) -> bool {
    let end = at + core.length;
    let goes_on = core.word.last().is_some_and(|last| {
        GOES_ON
            .iter()
            .filter(|(c, _)| c == last)
            .flat_map(|(_, words)| words.iter())
            .any(|word| text.starts_with(end, word))
    });
    // 人大会堂 is none, 人大会议 is; 市委员会 is read with what stands before it.
    let short =
        core.length == 2 || core.word.ends_with(&['政', '府']) || core.word.ends_with(&['部']) || core.bound;
    if goes_on && (short || matches!(core.word.last(), Some('组' | '团' | '局' | '厅'))) {
        return true;
    }
    if text.ends_with(at, "中华民国") {
        return false;
    }
    COMES_BEFORE.iter().any(|(word, before)| {
        word.chars().eq(core.word.iter().copied()) && before.iter().any(|w| text.ends_with(at, w))
    })
}

/// Parts that a body can have.
pub(super) const PARTS: &[&str] = &[
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
    "政治局",
    "书记处",
    "法制委员会",
    "法制工作委员会",
    "监察委员会",
    "党校",
    "党工委",
    "法制办公室",
    "法制工作机构",
];

/// What ends the name of a place, and its level.
pub(super) const PLACES: &[(&str, &str)] = &[
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

/// Names of the whole state.
pub(super) const NATIONAL: &[&str] = &["全国", "中共中央", "中央", "中华人民共和国", "中华民国", "国家"];
