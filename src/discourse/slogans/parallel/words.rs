//! Characters and words on which a series rests, and those that may stand around one.

/// First characters that make a series when all members have them.
pub(super) const FIRST: &str = "进送讲守做抓促强保稳建育聚优提增减降扩拓转创争谋干学看听比亮带护管惠助补防治破立解尽履知担明同共互全无不敢善能真更最零重忧懂爱访问晒察暖帮扶查敬悟用";
/// Last characters that make a series when all members of three or more characters have them.
pub(super) const LAST: &str = "化性感点力观型学好实新先优强准牢稳紧深细严活快";
/// Pairs of last characters that make a series when all members of four or more characters have them: what a programme calls for.
pub(super) const ENDINGS: &[&str] = &[
    "意识", "责任", "能力", "本领", "自觉", "自信", "定力", "担当", "情怀", "思维", "素养", "观念", "理念",
    "强国", "强省", "强市", "强县", "强区", "兴省", "兴市", "招商", "创新", "育人", "惠民", "为民", "融合",
    "到位",
];
/// Last two characters of members of four that say how something shall be: 结构合理、功能完善、运行高效.
pub(super) const QUALITIES: &[&str] = &[
    "纯洁", "优良", "严明", "过硬", "清明", "清正", "清廉", "廉洁", "坚定", "坚强", "有力", "有效", "有序",
    "有为", "优美", "繁荣", "兴旺", "宜居", "文明", "富裕", "和谐", "稳定", "安全", "健康", "充分", "完备",
    "完善", "健全", "高效", "科学", "合理", "规范", "透明", "公正", "公平", "公开", "严格", "严密", "顺畅",
    "便捷", "优质", "一流", "领先", "先进", "突出", "鲜明", "显著", "扎实", "牢固", "良好", "协调", "清晰",
    "齐全", "配套", "得力", "精干", "活跃", "丰富", "强劲", "可靠", "可控", "到位", "充沛", "昌盛", "安定",
];
/// Complements that make a series of members of two characters.
pub(super) const COMPLEMENTS: &str = "准好实牢强优稳紧深细严活快足透清全";
/// Single characters that begin verb and object of three characters.
pub(super) const VERBS: &str = "把管保作做强带促增拓优稳抓建补聚惠防治育学悟办开重扩提降减创争引搭搞破立解兴护扶帮送讲进守转谋求干亮看比听敢善能畅通活融夯筑树立定明担尽履知压严实减去控调推精精快利激挑扛当走出用留守改塑凝汇助富美净亲清绘赋固壮延接招培选育配督考评问查纠改化";
/// First characters of extents: 全方位、多层次、宽领域.
pub(super) const EXTENTS: &str = "全多宽高深广常立零无";
/// Verbs of two characters that begin a member of a programme.
pub(super) const POLICY: &[&str] = &[
    "提高", "提升", "扛牢", "强化", "推进", "加强", "坚持", "深化", "践行", "广泛", "严格", "加快", "扩大",
    "稳定", "促进", "优化", "完善", "健全", "服务", "凝聚", "围绕", "坚定", "牢记", "担当", "增强", "激发",
    "建设", "打造", "培育", "保障", "改善", "做强", "做优", "做大", "抓好", "抓实", "落实", "夯实", "筑牢",
    "压实", "树牢", "聚焦", "紧扣", "突出", "把握", "发挥", "展现", "贡献", "争创", "争当", "勇于", "敢于",
    "善于", "发扬", "弘扬", "传承", "厚植", "汇聚", "拓展", "畅通", "守护", "守牢", "守住", "严守", "统筹",
    "推动", "引领", "厉行", "恪守", "锤炼", "锻造", "净化", "纯洁",
];
/// First characters on which two members of four characters may rest.
pub(super) const PAIR: &str = "同共互双全无零真敢善能一";
/// Words behind which a member can begin.
pub(super) const OPENERS: &[&str] = &[
    "以",
    "了",
    "把",
    "按",
    "用",
    "在",
    "为",
    "对",
    "从",
    "由",
    "将",
    "与",
    "和",
    "的",
    "实现",
    "确保",
    "做到",
    "推进",
    "推动",
    "强化",
    "提升",
    "增强",
    "建立",
    "坚持",
    "打造",
    "构建",
    "形成",
    "促进",
    "开展",
    "健全",
    "完善",
    "推行",
    "实施",
    "必须",
    "要",
    "加强",
    "深化",
    "包括",
    "是",
    "抓好",
    "落实",
    "发挥",
    "不断提升",
];
/// What may stand right behind the last member.
pub(super) const BEHIND: &[&str] = &[
    "的",
    "等",
    "学习",
    "上",
    "中",
    "和",
    "为",
    "是",
    "各",
    "之",
    "以",
    "与",
    "这",
    "成",
    "方面",
    "建设",
    "工作",
    "水平",
    "局面",
    "活动",
    "行动",
    "机制",
    "格局",
    "要求",
    "目标",
    "原则",
    "思路",
    "导向",
    "方针",
    "作用",
    "体系",
    "模式",
    "氛围",
    "能力",
    "任务",
    "方向",
    "理念",
    "工程",
    "制度",
    "路径",
    "举措",
    "发展",
    "管理",
    "服务",
    "治理",
    "并举",
    "齐抓",
    "一体",
    "协同",
    "有机",
    "相结合",
    "贯通",
    "改革",
    "落地",
    "政策",
    "特点",
    "转型",
    "融合",
];
