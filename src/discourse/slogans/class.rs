//! Kinds of slogans.

/// What makes it a slogan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SloganClass {
    /// A label with a numeral: 三会一课, 双联系, 1+7.
    Numeric,
    /// 第一议题, 最后一公里.
    Ordinal,
    /// 把方向、管大局、保落实.
    Parallel,
    /// A coinage without a numeral.
    Label,
}

impl SloganClass {
    /// The word in frames.
    pub fn name(self) -> &'static str {
        match self {
            Self::Numeric => "numeric",
            Self::Ordinal => "ordinal",
            Self::Parallel => "parallel",
            Self::Label => "label",
        }
    }

    /// The class of a word.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Numeric, Self::Ordinal, Self::Parallel, Self::Label]
            .into_iter()
            .find(|c| c.name() == name)
    }
}
