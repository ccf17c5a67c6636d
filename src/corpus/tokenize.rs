//! Texts → tokens, in parallel, with one vocabulary.
//!
//! Documents are cut in contiguous blocks of about equal size, each with an interner of its own that borrows its keys
//! from the texts; the blocks are put together in order and their types sorted by code point. The result therefore
//! depends neither on threads nor on the number of blocks, and a token's string is copied once per type, not per token.

use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::interner::Interner;
use super::tokens::{PAD, Tokens, TokensParts};
use super::vocabulary::Vocabulary;
use crate::error::{Error, Result};
use crate::run::Watch;
use crate::text::han::is_break;
use crate::text::scan::{Line, lines};
use crate::text::script::view::Seen;
use crate::text::segment::{Piece, Segmenter, is_space};
use crate::text::sentences::{Ends, ends_inside, sentences};

/// One block of documents while it is being cut.
#[derive(Default)]
struct Block<'a> {
    types: Vec<&'a str>,
    known: Interner<'a>,
    ids: Vec<u32>,
    /// End of each document in `ids`.
    ends: Vec<usize>,
    spans: Vec<(u32, u32)>,
    tags: Vec<u16>,
    tag_names: Vec<&'a str>,
    known_tags: FxHashMap<&'a str, u16>,
    sentence_starts: Vec<usize>,
    paragraph_starts: Vec<usize>,
    /// The next token starts a paragraph, and with it a sentence.
    paragraph_due: bool,
    /// The next token starts a sentence.
    sentence_due: bool,
}

impl<'a> Block<'a> {
    fn begin_document(&mut self) {
        self.paragraph_due = true;
        self.sentence_due = false;
    }

    fn end_document(&mut self) {
        self.ends.push(self.ids.len());
    }

    /// Notes that the next token starts a paragraph or sentence, if one is due.
    #[inline]
    fn start(&mut self) {
        if self.paragraph_due | self.sentence_due {
            self.note_start();
        }
    }

    #[cold]
    fn note_start(&mut self) {
        if self.paragraph_due {
            self.paragraph_starts.push(self.ids.len());
        }
        self.sentence_starts.push(self.ids.len());
        self.paragraph_due = false;
        self.sentence_due = false;
    }

    #[inline(always)]
    #[allow(clippy::inline_always)] // called a hundred million times a gigabyte from one place each
    fn push(&mut self, text: &'a str, start: usize, length: usize) {
        self.start();
        // `join` refuses a block with more types than there are numbers.
        let next = u32::try_from(self.types.len()).unwrap_or(PAD);
        let id = self.known.id_at(text, start, length, next);
        if id == next {
            self.add_type(text, start, length);
        }
        self.ids.push(id);
    }

    #[cold]
    fn add_type(&mut self, text: &'a str, start: usize, length: usize) {
        self.types.extend(text.get(start..start + length));
    }

    fn push_tag(&mut self, tag: &'a str) -> Result<()> {
        let index = if let Some(&index) = self.known_tags.get(tag) {
            index
        } else {
            let index = u16::try_from(self.tag_names.len())
                .map_err(|_| Error::data("tags", "at most 65536 distinct tags", "more"))?;
            self.tag_names.push(tag);
            self.known_tags.insert(tag, index);
            index
        };
        self.tags.push(index);
        Ok(())
    }
}

/// Contiguous ranges of documents of about equal weight: enough of them that a thread that ends early finds another.
fn blocks(weights: impl ExactSizeIterator<Item = usize> + Clone) -> Vec<Range<usize>> {
    let total: usize = weights.clone().sum();
    let wanted = (total / (rayon::current_num_threads() * 8)).max(1 << 16);
    let (mut ranges, mut start, mut held) = (Vec::new(), 0, 0);
    let n = weights.len();
    for (i, weight) in weights.enumerate() {
        held += weight;
        if held >= wanted {
            ranges.push(start..i + 1);
            (start, held) = (i + 1, 0);
        }
    }
    if start < n {
        ranges.push(start..n);
    }
    ranges
}

/// Puts blocks together: sorted vocabulary and tag names, positions counted through.
fn join(blocks: Vec<Block<'_>>, spans: bool, tags: bool) -> Result<Tokens> {
    if blocks.iter().any(|block| block.types.len() >= PAD as usize) {
        return Err(Error::data("docs", "at most 4294967294 distinct tokens", "more"));
    }
    // Types in the order in which they are first met, and for each block where its types are among them.
    let (mut types, mut known) = (Vec::new(), Interner::default());
    let mut maps = Vec::with_capacity(blocks.len());
    for block in &blocks {
        let mut map = Vec::with_capacity(block.types.len());
        for &token in &block.types {
            let next = u32::try_from(types.len()).unwrap_or(PAD); // more are refused with the vocabulary
            let id = known.id(token, next);
            if id == next {
                types.push(token);
            }
            map.push(id);
        }
        maps.push(map);
    }
    let mut order: Vec<u32> = (0_u32..).take(types.len()).collect();
    order.par_sort_unstable_by_key(|&id| types[id as usize]);
    let mut rank = vec![0; types.len()];
    for (place, &id) in (0_u32..).zip(&order) {
        rank[id as usize] = place;
    }
    let sorted = order.iter().map(|&id| Arc::from(types[id as usize])).collect();
    let vocabulary = Vocabulary::from_sorted(sorted)?;
    let mut tag_names: Vec<&str> = blocks.iter().flat_map(|b| b.tag_names.iter().copied()).collect();
    tag_names.sort_unstable();
    tag_names.dedup();

    let n = blocks.iter().map(|b| b.ids.len()).sum();
    let mut ids = vec![0; n];
    let mut rest = ids.as_mut_slice();
    let mut places = Vec::with_capacity(blocks.len());
    for block in &blocks {
        let (here, behind) = rest.split_at_mut(block.ids.len());
        places.push(here);
        rest = behind;
    }
    places
        .into_par_iter()
        .zip(blocks.par_iter().zip(maps))
        .for_each(|(place, (block, map))| {
            let global: Vec<u32> = map.into_iter().map(|id| rank[id as usize]).collect();
            for (to, &id) in place.iter_mut().zip(&block.ids) {
                *to = if id == PAD { PAD } else { global[id as usize] };
            }
        });
    let mut base = 0;
    let mut offsets = vec![0];
    let mut all_spans = Vec::with_capacity(if spans { n } else { 0 });
    let mut all_tags = Vec::with_capacity(if tags { n } else { 0 });
    let (mut sentences, mut paragraphs) = (Vec::new(), Vec::new());
    for block in blocks {
        offsets.extend(block.ends.iter().map(|end| base + end));
        sentences.extend(block.sentence_starts.iter().map(|s| base + s));
        paragraphs.extend(block.paragraph_starts.iter().map(|s| base + s));
        base += block.ids.len();
        all_spans.extend_from_slice(&block.spans);
        let global_tags = block
            .tag_names
            .iter()
            .map(|t| {
                tag_names
                    .binary_search(t)
                    .ok()
                    .and_then(|i| u16::try_from(i).ok())
            })
            .collect::<Option<Vec<u16>>>()
            .ok_or_else(|| Error::data("tags", "at most 65536 distinct tags", tag_names.len()))?;
        all_tags.extend(block.tags.iter().map(|&t| global_tags[usize::from(t)]));
    }
    Tokens::new(TokensParts {
        vocabulary: Arc::new(vocabulary),
        ids,
        offsets,
        spans: spans.then_some(all_spans),
        tags: tags.then_some(all_tags),
        tag_names: tag_names.into_iter().map(Arc::from).collect(),
        sentence_starts: Some(sentences),
        paragraph_starts: Some(paragraphs),
    })
}

/// Cuts texts into tokens. White space never becomes a token; each line break starts a paragraph; sentences are those of
/// [`sentences`].
///
/// # Errors
/// [`Error::Data`] for a text of 4 GiB or more; [`Error::Interrupted`].
pub fn tokenize(texts: &[&str], segmenter: &Segmenter, spans: bool, watch: &Watch) -> Result<Tokens> {
    if let Some(long) = texts.iter().find(|t| u32::try_from(t.len()).is_err()) {
        return Err(Error::data(
            "text",
            "texts of less than 4 GiB",
            format!("one of {} bytes", long.len()),
        ));
    }
    let tags = segmenter.options().pos;
    let seen: Vec<Seen<'_>> = texts.par_iter().map(|text| segmenter.look(text)).collect();
    let cut = blocks(texts.iter().map(|t| t.len()))
        .into_par_iter()
        .map(|range| {
            // Room that is not used costs nothing; growing would copy. Tokens of Chinese have 5 bytes on average.
            let bytes: usize = texts[range.clone()].iter().map(|t| t.len()).sum();
            let mut block = Block {
                ids: Vec::with_capacity(bytes / 4),
                spans: Vec::with_capacity(if spans { bytes / 4 } else { 0 }),
                ..Block::default()
            };
            for text in &seen[range] {
                block.begin_document();
                let (mut base, mut at) = (0, 0);
                for line in lines(text.text()) {
                    // The line, as it is written, with what follows it: reading eight bytes at once then ends at the text's end only.
                    let from_line = text.written().get(at..).unwrap_or_default();
                    at += line.text.len();
                    let mut starts = sentence_starts(line).into_iter();
                    let mut due = starts.next().unwrap_or(usize::MAX);
                    let mut outcome = Ok(());
                    let (line_text, changed) = (line.text, text.is_changed());
                    base = segmenter.each_of(line_text, changed, line.rare_han, base, |piece: Piece<'_>| {
                        // Tokens are slices of the line, so their addresses tell how far they are from its start, where as many bytes are
                        // seen as are written.
                        let byte = piece.word.as_ptr().addr() - line.text.as_ptr().addr();
                        while due <= byte {
                            block.sentence_due = true;
                            due = starts.next().unwrap_or(usize::MAX);
                        }
                        block.push(from_line, byte, piece.word.len());
                        if spans {
                            block.spans.push((piece.start, piece.end));
                        }
                        if let (Some(tag), Ok(())) = (piece.tag, &outcome) {
                            outcome = block.push_tag(tag);
                        }
                    });
                    outcome?;
                    block.paragraph_due |= line.closed;
                }
                block.end_document();
                watch.step(1)?;
            }
            Ok(block)
        })
        .collect::<Result<Vec<_>>>()?;
    join(cut, spans, tags)
}

/// Bytes of a line where a sentence starts, the first left out.
fn sentence_starts(line: Line<'_>) -> Vec<usize> {
    if !line.first_mark.is_some_and(|first| ends_inside(line.text, first)) {
        return Vec::new();
    }
    starts_of(line.text)
}

fn starts_of(text: &str) -> Vec<usize> {
    let sentences = sentences(text, Ends::default());
    sentences.into_iter().skip(1).map(|s| s.start).collect()
}

/// Takes tokens as another segmenter cut them; `None` is a removed token that keeps its place.
///
/// White-space-only tokens are dropped; one with a line break starts a paragraph. Sentences are those of the tokens put
/// together (Latin words with spaces between them), by the rules of [`sentences`].
///
/// # Errors
/// [`Error::Interrupted`].
pub fn from_lists(documents: &[Vec<Option<&str>>], watch: &Watch) -> Result<Tokens> {
    let cut = blocks(documents.iter().map(|d| d.len() * 8))
        .into_par_iter()
        .map(|range| {
            let mut block = Block::default();
            for document in &documents[range] {
                block.begin_document();
                for paragraph in document.split_inclusive(|t| t.is_some_and(is_break_token)) {
                    paragraph_of_list(paragraph, &mut block);
                }
                block.end_document();
                watch.step(1)?;
            }
            Ok(block)
        })
        .collect::<Result<Vec<_>>>()?;
    join(cut, false, false)
}

/// Whether a token is white space with a line break in it.
fn is_break_token(token: &str) -> bool {
    token.contains(is_break) && token.chars().all(is_space)
}

/// Adds the tokens of one paragraph of a list.
fn paragraph_of_list<'a>(tokens: &[Option<&'a str>], block: &mut Block<'a>) {
    let mut text = String::new();
    let mut places = Vec::with_capacity(tokens.len());
    for token in tokens {
        let token = token.unwrap_or_default();
        let latin_before = text.ends_with(|c: char| c.is_ascii_graphic());
        if latin_before && token.starts_with(|c: char| c.is_ascii_alphanumeric()) {
            text.push(' ');
        }
        places.push(text.len());
        text.push_str(token);
    }
    let starts = match lines(&text).next() {
        Some(line) if line.text.len() == text.len() => sentence_starts(line),
        _ => starts_of(&text),
    };
    let mut starts = starts.into_iter().peekable();
    for (token, place) in tokens.iter().zip(places) {
        while starts.next_if(|&start| start <= place).is_some() {
            block.sentence_due = true;
        }
        match token {
            None => {
                block.start();
                block.ids.push(PAD);
            }
            Some(token) if token.chars().all(is_space) => {
                block.paragraph_due |= token.contains(is_break);
            }
            Some(token) => block.push(token, 0, token.len()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(tokens: &Tokens) -> Vec<Vec<String>> {
        (0..tokens.n_documents())
            .map(|d| tokens.words(d).map(|w| w.unwrap_or("").to_owned()).collect())
            .collect()
    }

    #[test]
    fn texts_become_ids_spans_sentences_and_paragraphs() {
        let texts = ["加强党建。“好！”他说：好\n第二段", "", "  \n", "党建"];
        let tokens = tokenize(&texts, &Segmenter::default(), true, &Watch::new()).unwrap_or_default();
        assert_eq!(
            shown(&tokens),
            [
                vec![
                    "加强",
                    "党建",
                    "。",
                    "“",
                    "好",
                    "！",
                    "”",
                    "他",
                    "说",
                    "：",
                    "好",
                    "第二段"
                ],
                vec![],
                vec![],
                vec!["党建"]
            ]
        );
        assert_eq!(tokens.sentence_starts(), Some(&[0, 3, 7, 11, 12][..]));
        assert_eq!(tokens.paragraph_starts(), Some(&[0, 11, 12][..]));
        let spans = tokens.spans().unwrap_or_default();
        assert_eq!((spans[0], spans[11], spans[12]), ((0, 2), (14, 17), (0, 2)));
        let sorted = tokens.vocabulary().features();
        assert!(sorted.windows(2).all(|w| w[0] < w[1]));
    }

    #[test]
    fn lists_keep_padding_and_drop_white_space() {
        let documents = vec![
            vec![
                Some("好"),
                None,
                Some(" "),
                Some("。”"),
                Some("再"),
                Some("\n"),
                Some("来"),
            ],
            vec![],
        ];
        let tokens = from_lists(&documents, &Watch::new()).unwrap_or_default();
        assert_eq!(shown(&tokens), [vec!["好", "", "。”", "再", "来"], vec![]]);
        assert_eq!(tokens.sentence_starts(), Some(&[0, 3, 4][..]));
        assert_eq!(tokens.paragraph_starts(), Some(&[0, 4][..]));
        assert_eq!(tokens.spans(), None);
    }

    #[test]
    fn nothing_in_nothing_out_and_a_stop_is_heard() {
        let segmenter = Segmenter::default();
        let none = tokenize(&[], &segmenter, true, &Watch::new()).unwrap_or_default();
        assert_eq!((none.n_documents(), none.len()), (0, 0));
        let watch = Watch::new();
        watch.stop();
        assert_eq!(
            tokenize(&["好"], &segmenter, true, &watch).map(|t| t.len()),
            Err(Error::Interrupted)
        );
    }
}
