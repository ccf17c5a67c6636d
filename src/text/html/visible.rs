//! What a reader of a page sees: hidden elements go, readings of characters are not glued into the word, and a form that holds
//! the whole page is no form.

use dom_smoothie::Readability;

/// Takes out of a page what is not shown. `aria-hidden` is shown and stays.
pub(super) fn prepare(page: &Readability) {
    let document = &page.doc;
    document
        .select("template, [hidden], dialog:not([open]), input[type=hidden]")
        .remove();
    for node in document.select("[style]").nodes() {
        if node.attr("style").is_some_and(|style| hides(&style)) {
            node.remove_from_parent();
        }
    }
    for ruby in &document.select("ruby") {
        // With brackets the reading is shown behind the word, as in 亳(bó)州.
        if ruby.select("rp").is_empty() {
            ruby.select("rt, rtc").remove();
        }
    }
    // Some servers put the whole page into one form.
    let all = document.text().chars().filter(|c| c.is_alphanumeric()).count();
    for form in document.select("form").nodes() {
        if form.text().chars().filter(|c| c.is_alphanumeric()).count() * 2 > all {
            form.rename("div");
        }
    }
}

/// Whether a style says `display: none` or `visibility: hidden`, however it is spelled.
fn hides(style: &str) -> bool {
    style.split(';').any(|rule| {
        let Some((property, value)) = rule.split_once(':') else {
            return false;
        };
        let value = value.trim().to_ascii_lowercase();
        let value = value.split(['!', ' ']).next().unwrap_or_default();
        matches!(
            (property.trim().to_ascii_lowercase().as_str(), value),
            ("display", "none") | ("visibility", "hidden" | "collapse")
        )
    })
}
