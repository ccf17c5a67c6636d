//! Units and classifiers: what they are worth and what they count.
//!
//! Measures follow the International System and the legal units of the People's Republic (GB 3100—1993); 亩 is 1/15 hectare,
//! 斤 half a kilogram, 里 half a kilometre. Everything else is a classifier, which counts by ones and stands for itself.

/// What kind of thing a unit measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum UnitClass {
    /// 元.
    Money,
    /// 人, 名, 户.
    People,
    /// 次, 件, 篇: what somebody did.
    Activity,
    /// 个, 项, 家: depends on the noun.
    General,
    /// 级, 支: how something is built.
    Structure,
    /// %, 成, 倍.
    Share,
    /// 日, 个月, 年.
    Duration,
    /// 岁.
    Age,
    /// Length, area, mass, energy …
    Physical,
    /// 册, 台, 辆: goods.
    Goods,
}

/// One unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Unit {
    /// As it is written.
    pub name: &'static str,
    /// The base unit.
    pub base: &'static str,
    /// How many base units it is.
    pub factor: f64,
    /// What it measures.
    pub class: UnitClass,
}

const fn unit(name: &'static str, base: &'static str, factor: f64, class: UnitClass) -> Unit {
    Unit {
        name,
        base,
        factor,
        class,
    }
}

const MEASURES: [Unit; 107] = [
    unit("元", "元", 1.0, UnitClass::Money),
    unit("元人民币", "元", 1.0, UnitClass::Money),
    unit("块钱", "元", 1.0, UnitClass::Money),
    unit("角", "元", 0.1, UnitClass::Money),
    unit("美元", "美元", 1.0, UnitClass::Money),
    unit("欧元", "欧元", 1.0, UnitClass::Money),
    unit("日元", "日元", 1.0, UnitClass::Money),
    unit("英镑", "英镑", 1.0, UnitClass::Money),
    unit("港元", "港元", 1.0, UnitClass::Money),
    unit("港币", "港元", 1.0, UnitClass::Money),
    unit("卢布", "卢布", 1.0, UnitClass::Money),
    unit("公里", "米", 1000.0, UnitClass::Physical),
    unit("千米", "米", 1000.0, UnitClass::Physical),
    unit("海里", "米", 1852.0, UnitClass::Physical),
    unit("华里", "米", 500.0, UnitClass::Physical),
    unit("里", "米", 500.0, UnitClass::Physical),
    unit("米", "米", 1.0, UnitClass::Physical),
    unit("公尺", "米", 1.0, UnitClass::Physical),
    unit("延米", "米", 1.0, UnitClass::Physical),
    unit("分米", "米", 0.1, UnitClass::Physical),
    unit("厘米", "米", 0.01, UnitClass::Physical),
    unit("毫米", "米", 0.001, UnitClass::Physical),
    unit("微米", "米", 1e-6, UnitClass::Physical),
    unit("纳米", "米", 1e-9, UnitClass::Physical),
    unit("尺", "米", 1.0 / 3.0, UnitClass::Physical),
    unit("平方公里", "平方米", 1e6, UnitClass::Physical),
    unit("平方千米", "平方米", 1e6, UnitClass::Physical),
    unit("平方米", "平方米", 1.0, UnitClass::Physical),
    unit("平方厘米", "平方米", 1e-4, UnitClass::Physical),
    unit("平米", "平方米", 1.0, UnitClass::Physical),
    unit("公顷", "平方米", 1e4, UnitClass::Physical),
    unit("亩", "平方米", 10000.0 / 15.0, UnitClass::Physical),
    unit("市亩", "平方米", 10000.0 / 15.0, UnitClass::Physical),
    unit("顷", "平方米", 1e6 / 15.0, UnitClass::Physical),
    unit("立方米", "立方米", 1.0, UnitClass::Physical),
    unit("标准立方米", "立方米", 1.0, UnitClass::Physical),
    unit("立方厘米", "立方米", 1e-6, UnitClass::Physical),
    unit("方", "立方米", 1.0, UnitClass::Physical),
    unit("升", "立方米", 0.001, UnitClass::Physical),
    unit("毫升", "立方米", 1e-6, UnitClass::Physical),
    unit("吨", "千克", 1000.0, UnitClass::Physical),
    unit("公斤", "千克", 1.0, UnitClass::Physical),
    unit("千克", "千克", 1.0, UnitClass::Physical),
    unit("市斤", "千克", 0.5, UnitClass::Physical),
    unit("斤", "千克", 0.5, UnitClass::Physical),
    unit("担", "千克", 50.0, UnitClass::Physical),
    unit("克", "千克", 0.001, UnitClass::Physical),
    unit("毫克", "千克", 1e-6, UnitClass::Physical),
    unit("微克", "千克", 1e-9, UnitClass::Physical),
    unit("吨标准煤", "吨标准煤", 1.0, UnitClass::Physical),
    unit("吨标煤", "吨标准煤", 1.0, UnitClass::Physical),
    unit("千克标准煤", "吨标准煤", 0.001, UnitClass::Physical),
    unit("载重吨", "载重吨", 1.0, UnitClass::Physical),
    unit("吨级", "吨级", 1.0, UnitClass::Physical),
    unit("千瓦时", "千瓦时", 1.0, UnitClass::Physical),
    unit("度电", "千瓦时", 1.0, UnitClass::Physical),
    unit("千瓦", "千瓦", 1.0, UnitClass::Physical),
    unit("兆瓦", "千瓦", 1000.0, UnitClass::Physical),
    unit("吉瓦", "千瓦", 1e6, UnitClass::Physical),
    unit("瓦", "千瓦", 0.001, UnitClass::Physical),
    unit("马力", "马力", 1.0, UnitClass::Physical),
    unit("千伏", "伏", 1000.0, UnitClass::Physical),
    unit("千伏安", "千伏安", 1.0, UnitClass::Physical),
    unit("伏", "伏", 1.0, UnitClass::Physical),
    unit("摄氏度", "摄氏度", 1.0, UnitClass::Physical),
    unit("℃", "摄氏度", 1.0, UnitClass::Physical),
    unit("分贝", "分贝", 1.0, UnitClass::Physical),
    unit("标准箱", "标准箱", 1.0, UnitClass::Physical),
    unit("标箱", "标准箱", 1.0, UnitClass::Physical),
    unit("TEU", "标准箱", 1.0, UnitClass::Physical),
    unit("P", "PFLOPS", 1.0, UnitClass::Physical),
    unit("EFLOPS", "PFLOPS", 1000.0, UnitClass::Physical),
    unit("PFLOPS", "PFLOPS", 1.0, UnitClass::Physical),
    unit("Gbps", "Gbps", 1.0, UnitClass::Physical),
    unit("KB", "KB", 1.0, UnitClass::Physical),
    unit("公里/小时", "公里/小时", 1.0, UnitClass::Physical),
    unit("吨公里", "吨公里", 1.0, UnitClass::Physical),
    unit("吨海里", "吨公里", 1.852, UnitClass::Physical),
    unit("微克/立方米", "微克/立方米", 1.0, UnitClass::Physical),
    unit("个百分点", "百分点", 1.0, UnitClass::Share),
    unit("百分点", "百分点", 1.0, UnitClass::Share),
    unit("成", "比例", 0.1, UnitClass::Share),
    unit("倍", "倍", 1.0, UnitClass::Share),
    unit("番", "番", 1.0, UnitClass::Share),
    unit("年", "日", 365.25, UnitClass::Duration),
    unit("周年", "日", 365.25, UnitClass::Duration),
    unit("年级", "年级", 1.0, UnitClass::Structure),
    unit("个季度", "日", 91.3125, UnitClass::Duration),
    unit("个月", "日", 30.4375, UnitClass::Duration),
    unit("个工作日", "工作日", 1.0, UnitClass::Duration),
    unit("工作日", "工作日", 1.0, UnitClass::Duration),
    unit("个交易日", "交易日", 1.0, UnitClass::Duration),
    unit("个自然日", "日", 1.0, UnitClass::Duration),
    unit("个星期", "日", 7.0, UnitClass::Duration),
    unit("周", "日", 7.0, UnitClass::Duration),
    unit("日", "日", 1.0, UnitClass::Duration),
    unit("天", "日", 1.0, UnitClass::Duration),
    unit("个小时", "日", 1.0 / 24.0, UnitClass::Duration),
    unit("小时", "日", 1.0 / 24.0, UnitClass::Duration),
    unit("分钟", "日", 1.0 / 1440.0, UnitClass::Duration),
    unit("秒", "日", 1.0 / 86400.0, UnitClass::Duration),
    unit("秒钟", "日", 1.0 / 86400.0, UnitClass::Duration),
    unit("学时", "学时", 1.0, UnitClass::Duration),
    unit("个学时", "学时", 1.0, UnitClass::Duration),
    unit("课时", "课时", 1.0, UnitClass::Duration),
    unit("周岁", "岁", 1.0, UnitClass::Age),
    unit("岁", "岁", 1.0, UnitClass::Age),
];

/// Classifiers: each is its own base.
const CLASSIFIERS: [(UnitClass, &str); 5] = [
    (
        UnitClass::People,
        "人 人次 人份 人口 名 位 户 户次 户籍人口 户人家 对夫妇 口人 对",
    ),
    (
        UnitClass::Activity,
        "次 场 场次 期 件 件次 条 条次 篇 则 份 课 轮 批次 批 起 宗 例 班次 趟 遍 届 站次 课次 门次 期次 个次 架次 列次 艘次 车次 人天 单 笔 例次 频次 回 剂 剂次 针 席 篇次 单次 票 列 班",
    ),
    (
        UnitClass::General,
        "个 项 家 家次 种 类 处 所 座 栋 幢 间 片 块 条线路 门 部 个点 张 点 款 字 词 行 节 段 章 面 道 桩 大类 小类 方面 环节",
    ),
    (UnitClass::Structure, "级 支 层 层级 组 队 团 厅"),
    (
        UnitClass::Goods,
        "册 本 台 套 台套 台次 辆 辆次 艘 架 株 棵 头 只 匹 羽 尾 瓶 箱 袋 盒 桶 顶 盏 根 枚 幅 幅次 件套 把 口 眼 泊位 车位 床 床位 公顷次 孔 杆 枝 盆 粒 芯 屏 座次",
    ),
];

fn table() -> &'static [Unit] {
    static TABLE: std::sync::OnceLock<Vec<Unit>> = std::sync::OnceLock::new();
    TABLE.get_or_init(|| {
        let classifiers = CLASSIFIERS
            .iter()
            .flat_map(|&(class, names)| names.split(' ').map(move |name| unit(name, name, 1.0, class)));
        let mut all: Vec<Unit> = MEASURES.iter().copied().chain(classifiers).collect();
        all.sort_by(|a, b| {
            b.name
                .chars()
                .count()
                .cmp(&a.name.chars().count())
                .then(a.name.cmp(b.name))
        });
        all
    })
}

/// All units, the longest names first.
pub fn units() -> &'static [Unit] {
    table()
}

/// The longest unit that begins at the character `at`, and its length in characters.
pub(super) fn longest(chars: &[char], at: usize) -> Option<(Unit, usize)> {
    let first = *chars.get(at)?;
    table()
        .iter()
        .filter(|u| u.name.starts_with(first))
        .find_map(|u| {
            let length = u.name.chars().count();
            chars
                .get(at..at + length)
                .is_some_and(|part| part.iter().copied().eq(u.name.chars()))
                .then_some((*u, length))
        })
}
