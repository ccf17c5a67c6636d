//! Kinds of slogans.

crate::words! {
    /// What makes it a slogan.
    #[derive(PartialOrd, Ord)]
    pub enum SloganClass as "class" {
        /// A label with a numeral: 三会一课, 双联系, 1+7.
        Numeric = "numeric",
        /// 第一议题, 最后一公里.
        Ordinal = "ordinal",
        /// 把方向、管大局、保落实.
        Parallel = "parallel",
        /// A coinage without a numeral.
        Label = "label",
        /// A name in quotation marks: a ship, a brand, a group, a prize, a nickname, a word that the text keeps at a distance.
        Name = "name",
    }
}
