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

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}
