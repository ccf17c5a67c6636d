//! From bytes to text: which encoding a file is in.
//!
//! In this order: a byte-order mark; the pattern of zero bytes of UTF-16; valid UTF-8; else the most plausible reading
//! among GB 18030 (which holds GBK and GB 2312), Big5, UTF-16 and, as Chinese files are what this package reads, only
//! then what `chardetng` takes the bytes for. Plausible means: common Chinese characters and punctuation, few rare
//! ones, nothing unassigned; `chardetng` breaks near ties. Ten characters are enough as a rule, which is where
//! statistics of byte pairs alone mistake GBK for Big5.
//!
//! Nothing is dropped silently: [`Decoded::replaced`] counts the byte sequences that became U+FFFD.

use std::sync::LazyLock;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, DecoderResult, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};
use rustc_hash::FxHashSet;

use super::han::{in_first_block, is_han};
use super::script::{self, Script};
use crate::error::{Error, Result};

/// A decoded file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without byte-order mark.
    pub text: String,
    /// `utf-8`, `utf-8-sig` (with byte-order mark), `utf-16-le`, `utf-16-be`, `gb18030`, `big5`, or the lower-case name
    /// of another encoding of the WHATWG standard; Python's `bytes.decode` takes these names.
    pub encoding: String,
    /// Byte sequences that are not valid in the encoding and became U+FFFD.
    pub replaced: u64,
}

/// Bytes that are looked at to judge plausibility.
const SAMPLE: usize = 16_384;

/// Decodes `bytes`; finds the encoding if `encoding` is `None`.
///
/// `encoding` is a name as Python or the web knows it (`utf-8`, `gbk`, `cp936`, `big5`, `utf_16_le`, …). A byte-order
/// mark is taken off in any case.
///
/// # Errors
/// [`Error::Parameter`] for a name that is not known.
pub fn decode(bytes: &[u8], encoding: Option<&str>) -> Result<Decoded> {
    let chosen = match encoding {
        Some(name) => named(name, bytes)?,
        None => detect(bytes),
    };
    Ok(decode_as(bytes, chosen))
}

/// Decodes with the encoding that an HTML page declares, if the bytes are valid in it; otherwise as [`decode`] does.
pub(super) fn decode_declared(bytes: &[u8], declared: Option<&str>) -> Decoded {
    let declared = declared
        .and_then(|name| named(name, bytes).ok())
        .filter(|_| !has_mark(bytes))
        .map(|encoding| decode_as(bytes, encoding));
    match declared {
        Some(decoded) if decoded.replaced == 0 => decoded,
        _ => decode_as(bytes, detect(bytes)),
    }
}

/// The encoding behind a name.
fn named(name: &str, bytes: &[u8]) -> Result<&'static Encoding> {
    let plain: String = name.trim().to_ascii_lowercase().replace(['_', ' '], "-");
    let found = match plain.as_str() {
        "utf-8-sig" | "utf8-sig" => Some(UTF_8),
        // Python's utf-16 reads the mark; without one it is little-endian as on most machines.
        "utf-16" | "utf16" if bytes.starts_with(&[0xFE, 0xFF]) => Some(UTF_16BE),
        "utf-16" | "utf16" | "utf-16-le" => Some(UTF_16LE),
        "utf-16-be" => Some(UTF_16BE),
        "cp936" | "936" | "gb2312" | "gbk" | "hz" => Some(GB18030),
        "cp950" | "950" | "big5hkscs" | "big5-tw" => Some(BIG5),
        other => Encoding::for_label(other.as_bytes()),
    };
    match found {
        Some(encoding) if encoding == GBK => Ok(GB18030),
        Some(encoding) => Ok(encoding),
        None => Err(Error::parameter(
            "encoding",
            "the name of an encoding such as \"utf-8\", \"gb18030\", \"big5\" or \"utf-16\"",
            format!("{name:?}"),
        )),
    }
}

fn has_mark(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xEF, 0xBB, 0xBF])
        || bytes.starts_with(&[0xFF, 0xFE])
        || bytes.starts_with(&[0xFE, 0xFF])
}

/// Decodes and counts what is not valid.
fn decode_as(bytes: &[u8], encoding: &'static Encoding) -> Decoded {
    let marked = encoding == UTF_8 && bytes.starts_with(&[0xEF, 0xBB, 0xBF]);
    let (text, replaced) = read(bytes, encoding, true);
    let name = match encoding {
        e if e == UTF_8 && marked => "utf-8-sig".to_owned(),
        e if e == UTF_16LE => "utf-16-le".to_owned(),
        e if e == UTF_16BE => "utf-16-be".to_owned(),
        e => e.name().to_ascii_lowercase(),
    };
    Decoded {
        text,
        encoding: name,
        replaced,
    }
}

/// The text and the number of replaced sequences; `complete` is `false` for a sample that may end in a character.
fn read(bytes: &[u8], encoding: &'static Encoding, complete: bool) -> (String, u64) {
    let mut decoder = encoding.new_decoder_with_bom_removal();
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 2 + 16);
    let mut replaced = 0;
    let mut at = 0;
    loop {
        let (result, used) = decoder.decode_to_string_without_replacement(&bytes[at..], &mut text, complete);
        at += used;
        match result {
            DecoderResult::InputEmpty => return (text, replaced),
            DecoderResult::OutputFull => text.reserve(bytes.len() - at + 16),
            DecoderResult::Malformed(..) => {
                replaced += 1;
                text.push('\u{FFFD}');
            }
        }
    }
}

/// The encoding of a file.
fn detect(bytes: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    if bytes.starts_with(&[0x84, 0x31, 0x95, 0x33]) {
        return GB18030;
    }
    if bytes.contains(&0)
        && let Some(encoding) = by_zero_bytes(bytes)
    {
        return encoding;
    }
    if std::str::from_utf8(bytes).is_ok() && !looks_like_utf_16(bytes) {
        return UTF_8;
    }
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let complete = sample.len() == bytes.len();
    let guess = guessed(bytes);
    let mut candidates: Vec<&'static Encoding> = vec![GB18030, BIG5, UTF_8];
    if bytes.len().is_multiple_of(2) {
        candidates.extend([UTF_16LE, UTF_16BE]);
    }
    let best = |candidates: &[&'static Encoding]| {
        candidates
            .iter()
            .map(|encoding| {
                let (text, _) = read(sample, encoding, complete);
                let favour = if *encoding == guess { 0.15 } else { 0.0 };
                (plausibility(&text) + favour, *encoding)
            })
            // The first of equals: GB 18030 before Big5.
            .fold(None::<(f64, &'static Encoding)>, |best, next| match best {
                Some(best) if best.0 >= next.0 => Some(best),
                _ => Some(next),
            })
    };
    match best(&candidates) {
        Some((score, encoding)) if score > 0.0 || candidates.contains(&guess) => encoding,
        // Not Chinese in any reading.
        _ => guess,
    }
}

/// What `chardetng` takes the bytes for.
fn guessed(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(Some(b"cn"), Utf8Detection::Allow);
    if guess == GBK { GB18030 } else { guess }
}

/// UTF-16 of a text that is ASCII for a good part: zero bytes in every other place.
fn by_zero_bytes(bytes: &[u8]) -> Option<&'static Encoding> {
    let count = |offset: usize| bytes.iter().skip(offset).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (count(0), count(1));
    // 一 (4E 00) and its like put some zeros into the other place.
    if bytes.len() % 2 == 1 || even.max(odd) * 10 < bytes.len() {
        None
    } else if odd > 3 * even {
        Some(UTF_16LE)
    } else if even > 3 * odd {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Whether bytes that happen to be valid UTF-8 are rather UTF-16: no line of text holds control characters, and no
/// text of ASCII consists of Chinese when read two by two.
fn looks_like_utf_16(bytes: &[u8]) -> bool {
    let control = bytes.iter().any(|b| matches!(b, 0..=8 | 0x0E..=0x1F));
    bytes.len().is_multiple_of(2)
        && control
        && [UTF_16LE, UTF_16BE].into_iter().any(|encoding| {
            let (text, replaced) = read(&bytes[..bytes.len().min(SAMPLE)], encoding, false);
            replaced == 0 && plausibility(&text) > 1.5
        })
}

/// Frequent characters of present-day writing, simplified; their traditional forms are added when it is first used.
const FREQUENT: &str = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严首底液官德随病苏失尔死讲配女黄推显谈罪神艺呢席含企望密批营项防举球英氧势告李台落木帮轮破亚师围注远字材排供河态封另施减树溶怎止案言士均武固叶鱼波视仅费紧爱左章早朝害续轻服试食充兵源判护司足某练差致板田降黑犯负击范继兴似余坚曲输修故城夫够送笔船占右财吃富春职觉汉画功巴跟虽杂飞检吸助升阳互初创抗考投坏策古径换未跑留钢曾端责站简述钱副尽帝射草冲承独令限阿宣环双请超微让控州良轴找否纪益依优顶础载倒房突坐粉敌略客袁冷胜绝析块剂测丝协诉念陈仍罗盐友洋错苦夜刑移频逐靠混母短皮终聚汽村云哪既距卫停烈央察烧迅境若印洲刻括激孔搞甚室待核校散侵吧甲游久菜味旧模湖货损预阻毫普稳乙妈植息扩银语挥酒守拿序纸医缺雨吗针刘啊急唱误训愿审附获茶鲜粮斤孩脱硫肥善龙演父渐血欢械掌歌沙刚攻谓盾讨晚粒乱燃矛乎杀药宁鲁贵钟煤读班伯香介迫句丰培握兰担弦蛋沉假穿执答乐谁顺烟缩征脸喜松脚困异免背星福买染井概慢怕磁倍祖皇促静补评翻肉践尼衣宽扬棉希伤操垂秋宜氢套督振架亮末宪庆编牛触映雷销诗座居抓裂胞呼娘景威绿晶厚盟衡鸡孙延危胶屋乡临陆顾掉呀灯岁措束耐剧玉赵跳哥季课凯胡额款绍卷齐伟蒸殖永宗苗川炉岩弱零杨奏沿露杆探滑镇饭浓航怀赶库夺伊灵税途灭赛归召鼓播盘裁险康唯录菌纯借糖盖横符私努堂域枪润幅哈竟熟虫泽脑壤碳欧遍侧寨敢彻虑斜薄庭纳弹饲伸折麦湿暗荷瓦塞床筑恶户访塔奇透梁刀旋迹卡氯遇份毒泥退洗摆灰彩卖耗夏择忙铜献硬予繁圈雪函亦抽篇阵阴丁尺追堆雄迎泛爸楼避谋吨野猪旗累偏典馆索秦脂潮爷豆忽托惊塑遗愈朱替纤粗倾尚痛楚谢奋购磨君池旁碎骨监捕弟暴割贯殊释词亡壁顿宝午尘闻揭炮残冬桥妇警综招吴付浮遭徐您摇谷赞箱隔订男吹园纷唐败宋玻巨耕坦荣闭湾键凡驻锅救恩剥凝碱齿截炼麻纺禁废盛版缓净睛昌婚涉筒嘴插岸朗庄街藏姑贸腐奴啦惯乘伙恢匀纱扎辩耳彪臣亿璃抵脉秀萨俄网舞店喷纵寸汗挂洪贺闪柬爆烯津稻墙软勇像滚厘蒙芳肯坡柱荡腿仪旅尾轧冰贡登黎削钻勒逃障氨郭峰币港伏轨亩毕擦莫刺浪秘援株健售股岛甘泡睡童铸汤阀休汇舍牧绕炸哲磷绩朋淡尖启陷柴呈徒颜泪稍忘泵蓝拖洞授镜辛壮锋贫虚弯摩泰幼廷尊窗纲弄隶疑氏宫姐震瑞怪尤琴循描膜违夹腰缘珠穷森枝竹沟催绳忆邦剩幸浆栏拥牙贮礼滤钠纹罢拍咱喊袖埃勤罚焦潜伍墨欲缝姓刊饱仿奖铝鬼丽跨默挖链扫喝袋炭污幕诸弧励梅奶洁灾舟鉴苯讼抱毁懂寒智埔寄届跃渡挑丹艰贝碰拔爹戴码梦芽熔赤渔哭敬颗奔铅仲虎稀妹乏珍申桌遵允隆螺仓魏锐晓氮兼隐碍赫拨忠肃缸牵抢博巧壳兄杜讯诚碧祥柯页巡矩悲灌龄伦票寻桂铺圣恐恰郑趣抬荒腾贴柔滴猛阔辆妻填撤储签闹扰紫砂递戏吊陶伐喂疗瓶婆抚臂摸忍虾蜡邻胸巩挤偶弃槽劲乳邓吉仁烂砖租乌舰伴瓜浅丙暂燥橡柳迷暖牌秧胆详簧踏瓷谱呆宾糊洛辉愤竞隙怒粘乃绪肩籍敏涂熙皆侦悬掘享纠醒狂锁淀恨牲霸爬赏逆玩陵祝秒浙貌";

/// Punctuation of Chinese text.
const MARKS: &str = "，。、；：“”‘’（）《》「」！？—…\u{3000}·【】";

static COMMON: LazyLock<FxHashSet<char>> = LazyLock::new(|| {
    let traditional = script::convert(FREQUENT, Script::Traditional);
    FREQUENT.chars().chain(traditional.chars()).collect()
});

/// How much a text looks like Chinese writing: a mean over its characters, from about 3 (nothing but frequent ones)
/// to below 0 (gibberish).
fn plausibility(text: &str) -> f64 {
    let mut sum = 0.0;
    let mut count = 0.0;
    for c in text.chars() {
        sum += match c {
            _ if COMMON.contains(&c) || MARKS.contains(c) => 3.0,
            '\t' | '\n' | '\r' | ' '..='~' | '\u{FF01}'..='\u{FF5E}' | '〇' | '①'..='⑳' => 0.5,
            '\u{FFFD}' | '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' => -12.0,
            _ if in_first_block(c) => {
                if frequent_block(c) {
                    0.6
                } else {
                    -1.5
                }
            }
            '\u{3040}'..='\u{30FF}' => -1.5,
            '\u{E000}'..='\u{F8FF}' => -6.0,
            _ if is_han(c) || c >= '\u{2_0000}' => -4.0,
            _ => -2.0,
        };
        count += 1.0;
    }
    if count == 0.0 { 0.0 } else { sum / count }
}

/// Whether a character is in the first level of GB 2312 (3,755 characters) or of Big5 (5,401).
fn frequent_block(c: char) -> bool {
    let mut buffer = [0_u8; 4];
    let text = c.encode_utf8(&mut buffer);
    let (simplified, _, failed) = GBK.encode(text);
    if !failed && matches!(simplified.as_ref(), [0xB0..=0xD7, 0xA1..=0xFE]) {
        return true;
    }
    let (traditional, _, failed) = BIG5.encode(text);
    !failed && matches!(traditional.as_ref(), [0xA4..=0xC5, _] | [0xC6, 0x40..=0x7E])
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn encoded(text: &str, encoding: &'static Encoding) -> Vec<u8> {
        if encoding == UTF_16LE {
            text.encode_utf16().flat_map(u16::to_le_bytes).collect()
        } else if encoding == UTF_16BE {
            text.encode_utf16().flat_map(u16::to_be_bytes).collect()
        } else {
            let (bytes, _, failed) = encoding.encode(text);
            assert!(!failed, "{text}");
            bytes.into_owned()
        }
    }

    fn decoded(bytes: &[u8]) -> (String, String, u64) {
        let found = decode(bytes, None).unwrap();
        (found.text, found.encoding, found.replaced)
    }

    const SIMPLIFIED: [&str; 8] = [
        "政协委员",
        "推动高质量发展",
        "今天天气很好。",
        "云川县人民政府工作报告",
        "各位代表：现在我报告工作",
        "坚持党建引领，推动高效履职",
        "他买了3个苹果和2瓶水",
        "春天来了，花都开了，鸟儿在枝头歌唱。",
    ];
    const TRADITIONAL: [&str; 6] = [
        "政協委員會議",
        "推動經濟發展",
        "今天天氣很好。",
        "臺灣的天氣很熱，我們去海邊",
        "各位代表，現在我報告工作",
        "春天來了，花都開了，鳥兒在枝頭歌唱。",
    ];

    #[test]
    fn short_texts_come_back() {
        for text in SIMPLIFIED {
            for (encoding, name) in [
                (UTF_8, "utf-8"),
                (GB18030, "gb18030"),
                (UTF_16LE, "utf-16-le"),
                (UTF_16BE, "utf-16-be"),
            ] {
                assert_eq!(
                    decoded(&encoded(text, encoding)),
                    (text.to_owned(), name.to_owned(), 0),
                    "{text}"
                );
            }
        }
        for text in TRADITIONAL {
            for (encoding, name) in [
                (UTF_8, "utf-8"),
                (BIG5, "big5"),
                (GB18030, "gb18030"),
                (UTF_16LE, "utf-16-le"),
                (UTF_16BE, "utf-16-be"),
            ] {
                assert_eq!(
                    decoded(&encoded(text, encoding)),
                    (text.to_owned(), name.to_owned(), 0),
                    "{text}"
                );
            }
        }
    }

    #[test]
    fn marks_are_read_and_taken_off() {
        assert_eq!(
            decoded("\u{FEFF}中文".as_bytes()),
            ("中文".to_owned(), "utf-8-sig".to_owned(), 0)
        );
        assert_eq!(
            decoded(&encoded("\u{FEFF}中", UTF_16LE)),
            ("中".to_owned(), "utf-16-le".to_owned(), 0)
        );
        assert_eq!(
            decoded(&encoded("\u{FEFF}abc", UTF_16BE)),
            ("abc".to_owned(), "utf-16-be".to_owned(), 0)
        );
    }

    #[test]
    fn plain_cases() {
        assert_eq!(decoded(b""), (String::new(), "utf-8".to_owned(), 0));
        assert_eq!(
            decoded(b"plain ASCII; 100%\n"),
            ("plain ASCII; 100%\n".to_owned(), "utf-8".to_owned(), 0)
        );
        assert_eq!(decoded(&encoded("GDP 2024\nNo Chinese", UTF_16LE)).1, "utf-16-le");
    }

    #[test]
    fn broken_bytes_are_counted() {
        let mut bytes = "政协委员在会议上发言".as_bytes().to_vec();
        bytes.truncate(bytes.len() - 1);
        let (text, encoding, replaced) = decoded(&bytes);
        assert_eq!((encoding.as_str(), replaced), ("utf-8", 1));
        assert!(text.ends_with("发\u{FFFD}"));
        // A replacement character that stands in the file is not ours.
        assert_eq!(decoded("坏\u{FFFD}字".as_bytes()).2, 0);
    }

    #[test]
    fn names_of_encodings() {
        let bytes = encoded("中文", GB18030);
        for name in ["gbk", "GB2312", "cp936", "gb18030"] {
            let found = decode(&bytes, Some(name)).unwrap();
            assert_eq!(
                (found.text.as_str(), found.encoding.as_str()),
                ("中文", "gb18030")
            );
        }
        assert_eq!(
            decode(&encoded("中", UTF_16LE), Some("utf_16")).unwrap().text,
            "中"
        );
        assert!(decode(&bytes, Some("utf-8")).unwrap().replaced > 0);
        let problem = decode(b"", Some("klingon")).unwrap_err().to_string();
        assert!(
            problem.contains("`encoding`") && problem.contains("\"klingon\""),
            "{problem}"
        );
    }
}
