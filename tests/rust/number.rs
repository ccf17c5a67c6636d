//! Numbers: what they say, and that they survive writing and reading.

use duizhao::discourse::number::{Direction, Scale, parse, render, scan};
use proptest::prelude::*;

/// Value, lower, upper, direction.
fn read(text: &str) -> (f64, Option<f64>, Option<f64>, Direction) {
    let number = parse(text).unwrap_or_else(|| panic!("{text} is no number"));
    (number.value, number.lower, number.upper, number.direction)
}

#[test]
fn exact_numbers() {
    for (text, value) in [
        ("0", 0.0),
        ("316", 316.0),
        ("1,234.5", 1234.5),
        ("12,345,678", 12_345_678.0),
        ("２０２６", 2026.0),
        ("1.2亿", 120_000_000.0),
        ("14.03万亿", 14_030_000_000_000.0),
        ("1万5千", 15_000.0),
        ("两千", 2000.0),
        ("二〇二三", 2023.0),
        ("一百五", 150.0),
        ("一百零五", 105.0),
        ("三万六", 36_000.0),
        ("十", 10.0),
        ("一千零一十", 1010.0),
        ("一千零十", 1010.0),
        ("三万亿", 3e12),
        ("二亿五千万", 250_000_000.0),
        ("一万二千亿三千万", 1_200_030_000_000.0),
        ("壹佰贰拾叁", 123.0),
        ("廿五", 25.0),
        ("六点五", 6.5),
        ("三点二五", 3.25),
        ("一百二十点五", 120.5),
        ("零点八", 0.8),
    ] {
        let found = read(text);
        assert_eq!(
            found,
            (value, Some(value), Some(value), Direction::Exact),
            "{text}"
        );
    }
}

#[test]
fn vague_numbers_have_bounds() {
    use Direction::{About, Above, AtLeast, AtMost, Below, Range};
    for (text, value, lower, upper, direction) in [
        ("2600多万", 26e6, Some(26e6), Some(27e6), Above),
        ("720余", 720.0, Some(720.0), Some(730.0), Above),
        ("30多亿", 3e9, Some(3e9), Some(4e9), Above),
        ("十余", 10.0, Some(10.0), Some(20.0), Above),
        ("三千多", 3000.0, Some(3000.0), Some(4000.0), Above),
        ("三十几万", 300_000.0, Some(300_000.0), Some(400_000.0), Above),
        ("十几", 10.0, Some(10.0), Some(20.0), Above),
        ("几十", 20.0, Some(20.0), Some(100.0), Above),
        ("数百", 200.0, Some(200.0), Some(1000.0), Above),
        ("十来", 10.0, None, None, About),
        ("约500", 500.0, None, None, About),
        ("500左右", 500.0, None, None, About),
        ("近500", 500.0, None, Some(500.0), Below),
        ("近百", 100.0, None, Some(100.0), Below),
        ("不到三千", 3000.0, None, Some(3000.0), Below),
        ("上百", 100.0, Some(100.0), None, AtLeast),
        ("不少于三十", 30.0, Some(30.0), None, AtLeast),
        ("一百以上", 100.0, Some(100.0), None, AtLeast),
        ("至少10", 10.0, Some(10.0), None, AtLeast),
        ("超过1.5万", 15_000.0, Some(15_000.0), None, Above),
        ("不超过5%", 5.0, None, Some(5.0), AtMost),
        ("五万以下", 50_000.0, None, Some(50_000.0), AtMost),
        ("两三", 2.5, Some(2.0), Some(3.0), Range),
        ("三五", 4.0, Some(3.0), Some(5.0), Range),
        ("七八十", 75.0, Some(70.0), Some(80.0), Range),
        ("十七八", 17.5, Some(17.0), Some(18.0), Range),
        ("5—10", 7.5, Some(5.0), Some(10.0), Range),
        ("5至10", 7.5, Some(5.0), Some(10.0), Range),
        ("五至十", 7.5, Some(5.0), Some(10.0), Range),
        ("5%~8%", 6.5, Some(5.0), Some(8.0), Range),
        ("1至2亿", 1.5e8, Some(1e8), Some(2e8), Range),
    ] {
        assert_eq!(read(text), (value, lower, upper, direction), "{text}");
    }
}

#[test]
fn shares_have_a_scale() {
    for (text, value, scale) in [
        ("12.5%", 12.5, Scale::Percent),
        ("百分之九十八", 98.0, Scale::Percent),
        ("百分之五点三", 5.3, Scale::Percent),
        ("5‰", 5.0, Scale::PerMille),
        ("千分之三", 3.0, Scale::PerMille),
        ("三分之二", 2.0 / 3.0, Scale::Ratio),
        ("1/4", 0.25, Scale::Ratio),
        ("一半", 0.5, Scale::Ratio),
    ] {
        let number = parse(text).unwrap();
        assert!(
            (number.value - value).abs() < 1e-12 && number.scale == scale,
            "{text}: {number:?}"
        );
    }
}

#[test]
fn what_is_no_number() {
    for text in [
        "", "党建", "几", "数", "余", "第一", "多个", "三个", "5a", "近", "，5",
    ] {
        assert!(parse(text).is_none(), "{text}");
    }
}

/// Chinese numerals by the school rule, place by place: the slow way.
fn slow(text: &str) -> u128 {
    if let Some((high, low)) = text.rsplit_once('亿') {
        return slow(high) * 100_000_000 + slow(low.trim_start_matches('零'));
    }
    if let Some((high, low)) = text.split_once('万') {
        return slow(high) * 10_000 + slow(low.trim_start_matches('零'));
    }
    let mut sum = 0;
    let mut digit = 0;
    for c in text.chars() {
        if let Some(d) = "零一二三四五六七八九".chars().position(|x| x == c) {
            digit = d as u128;
        } else {
            let power = match c {
                '十' => 10,
                '百' => 100,
                '千' => 1000,
                other => panic!("{other}"),
            };
            sum += digit.max(1) * power;
            digit = 0;
        }
    }
    sum + digit
}

proptest! {
    /// Any integer that a float holds exactly survives being written in Chinese numerals.
    #[test]
    fn integers_come_back(value in prop_oneof![0_u64..100_000, 0_u64..(1 << 53)]) {
        let text = render(value);
        prop_assert_eq!(slow(&text), u128::from(value), "{}", &text);
        let number = parse(&text).unwrap();
        prop_assert_eq!(number.value.to_bits(), (value as f64).to_bits(), "{}", &text);
        prop_assert_eq!(number.direction, Direction::Exact);
        let arabic = parse(&value.to_string()).unwrap();
        prop_assert_eq!(arabic.value.to_bits(), (value as f64).to_bits());
    }

    /// No text makes it panic; bounds are in order; the place lies in the text.
    #[test]
    fn any_text(text in prop_oneof!["\\PC{0,20}", "[0-9０-９.,，%‰/一二两三五十百千万亿零〇点几数余多来半分之至到—~近约以上下内]{0,14}"]) {
        let chars: Vec<char> = text.chars().collect();
        let _ = parse(&text);
        for at in 0..=chars.len() {
            if let Some(number) = scan(&chars, at) {
                prop_assert!(number.start == at && number.end > at && number.end <= chars.len());
                prop_assert!(number.value.is_finite());
                prop_assert!(number.lower.is_none_or(|low| low <= number.value));
                prop_assert!(number.upper.is_none_or(|high| number.value <= high));
            }
        }
    }
}
