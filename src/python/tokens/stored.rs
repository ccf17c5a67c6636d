//! Tokens as a frame of lists, one row a document: how they are stored.

use polars::prelude::*;

use super::super::bridge;
use crate::corpus::tokenize;
use crate::corpus::tokens::{Tokens, TokensParts};
use crate::{Error, Result};

/// Features of `ids` as strings, null for padding.
pub(super) fn token_column(tokens: &Tokens) -> StringChunked {
    let words = tokens.ids().iter().map(|&id| tokens.vocabulary().feature(id));
    StringChunked::from_iter_options("token".into(), words)
}

/// Tags as strings.
pub(super) fn tag_column(tokens: &Tokens) -> StringChunked {
    let names = tokens.tag_names();
    let tags = tokens.tags().unwrap_or_default().iter();
    StringChunked::from_iter_options(
        "tag".into(),
        tags.map(|&t| names.get(usize::from(t)).map(|n| &**n)),
    )
}

/// The columns in which tokens are stored, one row a document.
pub(super) fn to_columns(tokens: &Tokens) -> Result<Vec<Column>> {
    let list = |values: Series| -> Result<Column> {
        Ok(bridge::lists(values.name().clone(), &values, tokens.offsets(), None)?.into_column())
    };
    let mut columns = vec![list(token_column(tokens).into_series())?];
    if let Some(spans) = tokens.spans() {
        let numbers =
            |name: &str, values: Vec<u32>| list(UInt32Chunked::from_vec(name.into(), values).into_series());
        columns.push(numbers("char_start", spans.iter().map(|s| s.0).collect())?);
        columns.push(numbers("char_end", spans.iter().map(|s| s.1).collect())?);
    }
    if tokens.tags().is_some() {
        columns.push(list(tag_column(tokens).into_series())?);
    }
    for (name, starts) in [
        ("sentence_start", tokens.sentence_starts()),
        ("paragraph_start", tokens.paragraph_starts()),
    ] {
        let Some(starts) = starts else { continue };
        let mut offsets = vec![0];
        let mut values = Vec::with_capacity(starts.len());
        for document in tokens.offsets().windows(2) {
            let rest = &starts[values.len()..];
            let inside = rest.iter().take_while(|&&s| s < document[1]);
            values.extend(inside.map(|s| u32::try_from(s - document[0]).unwrap_or(u32::MAX)));
            offsets.push(values.len());
        }
        let values = UInt32Chunked::from_vec(name.into(), values).into_series();
        columns.push(bridge::lists(name.into(), &values, &offsets, None)?.into_column());
    }
    Ok(columns)
}

/// Tokens from the columns of [`to_columns`].
pub(super) fn from_columns(frame: &DataFrame) -> Result<Tokens> {
    let broken = |problem: String| Error::Format {
        what: "stored tokens".into(),
        problem,
    };
    let series = |name: &str| {
        frame
            .column(name)
            .ok()
            .map(|c| c.as_materialized_series().clone())
    };
    let numbers = |name: &str| -> Result<Option<Vec<Vec<u32>>>> {
        series(name)
            .map(|s| bridge::number_lists(&s, "tokens"))
            .transpose()
    };
    let tokens = series("token").ok_or_else(|| broken("there is no column `token`".to_owned()))?;
    let tokens = bridge::string_lists(&tokens, "token")?;
    let documents = tokens.documents()?;
    let watch = crate::run::Watch::new();
    let built = tokenize::from_lists(&documents, &watch)?;
    if built.len() != documents.iter().map(Vec::len).sum::<usize>() {
        return Err(broken("there are tokens of white space only".to_owned()));
    }
    let offsets = built.offsets().to_vec();
    let starts = |lists: Option<Vec<Vec<u32>>>| {
        lists.map(|lists| {
            let places = lists.into_iter().zip(&offsets);
            places
                .flat_map(|(list, base)| list.into_iter().map(move |s| base + s as usize))
                .collect()
        })
    };
    let spans = match (numbers("char_start")?, numbers("char_end")?) {
        (Some(from), Some(to)) => Some(from.into_iter().flatten().zip(to.into_iter().flatten()).collect()),
        _ => None,
    };
    let mut parts = TokensParts {
        spans,
        sentence_starts: starts(numbers("sentence_start")?),
        paragraph_starts: starts(numbers("paragraph_start")?),
        ..built.parts()
    };
    if let Some(tag) = series("tag") {
        let lists = bridge::string_lists(&tag, "tag")?;
        let all: Vec<&str> = lists.documents()?.into_iter().flatten().flatten().collect();
        let mut names = all.clone();
        names.sort_unstable();
        names.dedup();
        let index = |tag: &&str| names.binary_search(tag).ok().and_then(|i| u16::try_from(i).ok());
        let tags: Option<Vec<u16>> = all.iter().map(index).collect();
        parts.tags = Some(tags.ok_or_else(|| broken("there are more than 65536 tags".to_owned()))?);
        parts.tag_names = names.into_iter().map(Into::into).collect();
    }
    Tokens::new(parts)
}
