//! Lines at the foot of a page: who runs the site, its registration, and what to scan.

use std::sync::LazyLock;

use regex::Regex;

/// Longest line of a foot, in characters.
const LONGEST: usize = 200;

/// Whether a line is of the foot of a page.
pub(super) fn is_footer(line: &str) -> bool {
    static MARKS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)ICP\s*[备证]|公网安备|网站标识码|All\s+Rights\s+Reserved|(?:Copyright\s*)?[©Ⓒ]\s*(?:\d{4}|[^\s\d]{2,20}\s*版权)|版权所有[：:\s]")
            .ok()
    });
    static SCAN: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r"^[^\p{L}\p{N}]*(?:请|用|使用|打开|您){0,2}(?:手机|微信)?(?:扫码|扫一扫|扫描|长按)[^，。；]{0,10}(?:阅读|查看|观看|收听|收看|关注|下载|进入|识别|了解|加入|分享)[^，。；]{0,8}$",
        )
        .ok()
    });
    let is = |pattern: &LazyLock<Option<Regex>>| pattern.as_ref().is_some_and(|r| r.is_match(line));
    line.chars().count() <= LONGEST && !line.contains('。') && (is(&MARKS) || is(&SCAN))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feet_of_pages() {
        for line in [
            "主办：云川县人民政府办公室 © 2024 云川县 版权所有 云ICP备12345678号",
            "网站标识码：5301000001 云公网安备 53010002000001号",
            "Copyright © 2019-2024 云川网 All Rights Reserved",
            "版权所有：云川县融媒体中心 技术支持：云川软件",
            "扫码阅读全文",
            "长按识别二维码",
            "请用微信扫码关注我们",
        ] {
            assert!(is_footer(line), "{line}");
        }
    }

    #[test]
    fn sentences_are_none() {
        for line in [
            "全县推广扫码支付，方便群众。",
            "老人们学会了扫码看病",
            "书店里的书版权所有者不明",
            "备案工作完成",
        ] {
            assert!(!is_footer(line), "{line}");
        }
    }
}
