"""What the page says, in Chinese and in English."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Literal, TypeAlias

Language: TypeAlias = Literal["zh", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")

#: key → (Chinese, English)
MESSAGES: Final[dict[str, tuple[str, str]]] = {
    "title": ("对照：{n} 篇文献", "Side by side: {n} documents"),
    "title_by": (
        "对照：{n} 篇文献，按 {by} 分为 {g} 组",
        "Side by side: {n} documents in {g} groups by {by}",
    ),
    "skip": ("跳到正文", "Skip to content"),
    "contents": ("目录", "Contents"),
    "documents": ("文献", "documents"),
    "groups": ("组", "groups"),
    "characters": ("字符", "characters"),
    "tokens": ("词次", "tokens"),
    "types": ("词种", "types"),
    "edits": ("修复", "edits"),
    "document": ("文献", "Document"),
    "group": ("组", "Group"),
    "encoding": ("编码", "Encoding"),
    "damage": ("疑损", "Damage"),
    "word": ("词", "Word"),
    "all": ("全部", "all"),
    "close": ("关闭", "Close"),
    "table": ("数据表", "Table"),
    "choose_group": ("选择组", "Choose a group"),
    "choose_node": ("选择节点词", "Choose a node"),
    "source": ("定义出处", "Definition"),
    "none": ("无", "none"),
    "click_hint": (
        "点任何一个词，看它出现的每一处；点一行，看原文。键盘：Tab 移动，Enter 打开，Esc 关闭。",
        "Click any word to see where it stands; click a line to read the text. Keyboard: Tab, Enter, Esc.",
    ),
    # reading and repair
    "h_read": ("读入与修复", "What was read and repaired"),
    "read_note": (
        "“疑损”是读入时原文中可疑的残损字符数；“修复”是清理时所作的改动数，每一处都记录了原文位置，可以逐条还原。",
        "“Damage” counts suspicious characters in the raw text; “edits” counts the changes made while cleaning. "
        "Each is logged with its place in the raw text and can be undone.",
    ),
    "read_caveat": (
        "数字只说明改了什么，不说明改得对不对：请展开抽看。标“存疑”的改动无法从文本本身确证。",
        "The figures say what was changed, not that it was right: open some and look. Edits marked “uncertain” "
        "cannot be proved from the text itself.",
    ),
    "edit_kinds": ("改动的种类", "Edits by kind"),
    "kind": ("种类", "Kind"),
    "count": ("数量", "Count"),
    "uncertain": ("存疑", "uncertain"),
    "edit_list": ("逐条查看", "Look at the edits"),
    "edit_list_documents": ("{n} 篇", "{n} documents"),
    "edits_shown": ("显示 {shown} 处，共 {total} 处", "{shown} of {total} shown"),
    "edits_rest": ("其余见 repairs 表。", "The rest is in the table of repairs."),
    "no_repairs": ("没有作任何改动。", "Nothing was changed."),
    "not_repaired": ("本次没有要求修复。", "Repair was switched off."),
    "position": ("原文位置", "Place in the raw text"),
    "before_after": ("改动前后", "Before and after"),
    "docs_cut": (
        "表中列出前 {shown} 篇，共 {total} 篇；全部见 documents 表。",
        "The first {shown} of {total} documents; all are in the table of documents.",
    ),
    # keyness
    "h_keyness": ("各组的关键词", "Key terms of each group"),
    "keyness_chart": (
        "{group}：与其余各组相比偏多（右）与偏少（左）的词",
        "{group}: words over-used (right) and under-used (left) against the rest",
    ),
    "keyness_axis": ("带符号的对数似然值 G²", "signed log-likelihood G²"),
    "keyness_note": (
        "把一组的词频与其余各组合在一起的词频相比。条长是带符号的对数似然值 G²（四格表）：右边在本组偏多，左边偏少；"
        "表中另有每百万词频率、文献数、对数比（以 2 为底：1 表示两倍）以及经 Benjamini–Hochberg 校正的 p 值。",
        "Word frequencies of one group against all the others together. Bars show the signed log-likelihood G² (four cells): right, "
        "more in the group; left, less. The table adds rates per million, documents, the log ratio (base 2: 1 means twice as "
        "often) and p adjusted after Benjamini and Hochberg.",
    ),
    "keyness_caveat": (
        "注意：p 值把每个词次当作独立观察，而词会在文献里成团出现，因此往往过于乐观；只见于一两篇的词请先看原文再下结论。"
        "图表只列至少 {min_chars} 个字、本组（偏少者为其余各组）出现至少 {min_count} 次、见于{min_docs}、|G²| ≥ 3.84 的词；检验和校正用的是全部词。",
        "Caution: p treats tokens as independent, but words cluster in documents, so it is too optimistic; read the passages before you "
        "trust a word that stands in one or two documents. Shown are words of at least {min_chars} characters with at least {min_count} "
        "occurrences in {min_docs} of the group (for under-used words, of the others) and |G²| ≥ 3.84; tests and adjustment use all words.",
    ),
    "docs_half": ("至少一半文献（最多要求 10 篇）", "at least half of the documents (ten are enough)"),
    "docs_least": ("至少 {n} 篇", "at least {n} documents"),
    "keyness_source": (
        "Dunning 1993（G²）；Hardie 2014（对数比，零值按 Walter 1975 各加 0.5）；Benjamini & Hochberg 1995",
        "Dunning 1993 (G²); Hardie 2014 (log ratio; zeros after Walter 1975, +0.5); Benjamini & Hochberg 1995",
    ),
    "one_group": ("只有一组，无从比较。", "There is only one group: nothing to compare."),
    "nothing_key": ("这一组没有符合条件的词。", "No word of this group meets the conditions."),
    "left_out": (
        "另有 {n} 篇没有“{by}”的值，不参与组间比较。",
        "{n} more documents have no value of “{by}” and are on neither side.",
    ),
    "more": ("偏多", "more"),
    "less": ("偏少", "less"),
    "count_target": ("本组", "In group"),
    "count_reference": ("其余", "Others"),
    "pm_target": ("本组每百万", "Per million, group"),
    "pm_reference": ("其余每百万", "Per million, others"),
    "docs_target": ("本组篇数", "Docs, group"),
    "docs_reference": ("其余篇数", "Docs, others"),
    "log_likelihood": ("G²", "G²"),
    "p_adjusted": ("校正 p", "Adjusted p"),
    "log_ratio": ("对数比", "Log ratio"),
    "groups_cut": (
        "页面上只列出词次最多的 {shown} 组，共 {total} 组；全部见数据表。",
        "The page shows the {shown} largest of {total} groups; the tables have all.",
    ),
    # tf-idf
    "h_tfidf": ("TF-IDF 特征词", "TF-IDF terms"),
    "tfidf_note": (
        "一个词在这一篇（组）里出现得多、在别处见于少数几篇（组），分值就高：tf × ln(N/df)，tf 为次数，N 为篇（组）数，df 为含该词的篇（组）数。",
        "High where a word is frequent here and few of the other documents (groups) have it: tf × ln(N/df), with tf the count, N the number of "
        "documents (groups) and df how many have the word.",
    ),
    "tfidf_caveat": (
        "注意：每篇（组）都有的词得零分，所以它不反映共同的主题；长文的分值天然偏高，分值不宜跨篇比较。",
        "Caution: a word that all have scores zero, so common themes do not show; long documents score higher, so compare ranks within a card, "
        "not scores between cards.",
    ),
    "tfidf_source": ("Manning, Raghavan & Schütze 2008，第 6 章", "Manning, Raghavan & Schütze 2008, ch. 6"),
    "by_group": ("按组", "By group"),
    "by_document": ("按文献", "By document"),
    "cards_cut": (
        "显示 {shown} 个，共 {total} 个；全部见 tfidf 表。",
        "{shown} of {total} shown; all are in the table tfidf.",
    ),
    # network
    "h_network": ("共现网络", "Co-occurrence network"),
    "network_chart": ("“{node}”的共现词网络", "Words near “{node}”"),
    "network_note": (
        "“{node}”前后各 {window} 个词以内、同一句之中与它共现的词，按 logDice 取前 {n} 个（至少共现 {min_count} 次，且多于随机期望）；"
        "圆越大共现次数越多，线越粗搭配越紧。灰线是这些词彼此之间的搭配。",
        "Words within {window} words of “{node}” in the same sentence, the {n} strongest by logDice (at least {min_count} times together and more often than by chance). Larger "
        "circles: more often together; thicker lines: closer. Grey lines join these words among themselves.",
    ),
    "network_caveat": (
        "注意：图上的远近由布局算法（固定种子）决定，不是度量；被去掉的停用词仍占位置。",
        "Caution: distances on the picture come from the layout (fixed seed) and measure nothing; removed stop words keep their place.",
    ),
    "network_source": (
        "Rychlý 2008（logDice）；Bouma 2009（NPMI）；Dunning 1993（G²）",
        "Rychlý 2008 (logDice); Bouma 2009 (NPMI); Dunning 1993 (G²)",
    ),
    "collocate": ("共现词", "Collocate"),
    "together": ("共现次数", "Together"),
    "log_dice": ("logDice", "logDice"),
    "npmi": ("NPMI", "NPMI"),
    "no_network": ("没有出现次数足够的词可以作图。", "No word is frequent enough for a network."),
    # similarity
    "h_similarity": ("文献相似度", "Similarity of the documents"),
    "similarity_chart": ("文献两两之间的余弦相似度", "Cosine similarity between documents"),
    "similarity_chart_groups": ("组与组之间余弦相似度的均值", "Mean cosine similarity between groups"),
    "similarity_note": (
        "每一格是两篇文献词频向量的余弦：1 为比例完全相同，0 为没有共同的词。文献按组排列，组名见左侧色带；颜色从浅到深对应 {low} 到 {high}。"
        "用鼠标、或选中图后用方向键，可以读出数值。",
        "Each cell is the cosine of two documents' word counts: 1, the same proportions; 0, no common word. Documents are ordered by group (coloured "
        "band); colours run from {low} to {high}. Use the mouse, or focus the picture and use the arrow keys, to read values.",
    ),
    "similarity_note_groups": (
        "文献超过 {limit} 篇，故每一格是两组之间所有文献对余弦的均值（不含自身），颜色从浅到深对应 {low} 到 {high}。各对的数值见 similarity 表。",
        "With more than {limit} documents, each cell is the mean cosine over all pairs of documents from the two groups (without self-pairs); colours "
        "run from {low} to {high}. The table similarity has the pairs.",
    ),
    "similarity_caveat": (
        "注意：余弦不看词序，也不分辨是话题相近还是套话相同；去掉停用词与否会改变数值。",
        "Caution: the cosine ignores order and cannot tell a shared topic from a shared formula; removing stop words changes it.",
    ),
    "similarity_source": (
        "Salton & McGill 1983；Manning, Raghavan & Schütze 2008，第 6 章",
        "Salton & McGill 1983; Manning, Raghavan & Schütze 2008, ch. 6",
    ),
    "most_similar": ("最相近的文献对", "Most similar pairs"),
    "similarity": ("余弦", "Cosine"),
    "no_similarity": ("少于两篇，无从比较。", "Fewer than two documents: nothing to compare."),
    "similarity_too_many": (
        "文献与组都太多，不作图；数值见 similarity 表。",
        "Too many documents and groups for a picture; the table similarity has the values.",
    ),
    # concordance
    "h_concordance": ("语境索引", "Concordance"),
    "kwic_note": (
        "每行是该词的一处出现及其前后文。本页带有 {words} 个词的索引，每词至多 {lines} 行，先从每篇各取一行。",
        "Each line is one occurrence with its context. The page carries {words} words with at most {lines} lines each, one from every document first.",
    ),
    "kwic_full": (
        "本页带有全部文献的清理后文本，因此也可以输入任意字串查找。",
        "The page carries the cleaned text of all documents, so you can search for any string.",
    ),
    "kwic_snippets": (
        "文本太多（{chars} 字），没有全部放进页面：只能查索引中的词，点行只显示附近的文字。",
        "The texts ({chars} characters) are too large for the page: only indexed words can be looked up, and a line opens its surroundings only.",
    ),
    "kwic_search": ("查找", "Look up"),
    "kwic_placeholder": ("词或字串", "word or string"),
    "kwic_count": ("{total} 处，{docs} 篇", "{total} places in {docs} documents"),
    "kwic_shown": ("显示 {shown} 行", "{shown} lines shown"),
    "kwic_empty": ("没有找到。", "Nothing found."),
    "kwic_sort": ("排序", "Sort by"),
    "sort_document": ("文献", "document"),
    "sort_left": ("左侧", "left context"),
    "sort_right": ("右侧", "right context"),
    "left": ("前文", "Before"),
    "right": ("后文", "After"),
    "open_passage": ("打开原文", "Open the passage"),
    "passage_only": (
        "（页面未带全文，这里是附近的文字）",
        "(the page does not carry the full text; this is the surrounding passage)",
    ),
    # method
    "h_method": ("方法与选项", "Method and options"),
    "method_note": (
        "流程：读入 → 修复 → 切分 → 计数 → 比较。下面是本次所用的全部选项（含默认值）；输入文件的校验值与环境版本见同目录的 manifest.json。",
        "Steps: read, repair, segment, count, compare. Every option of this run, defaults included; hashes of the inputs and versions are in manifest.json.",
    ),
    "method_note_api": (
        "流程：读入 → 修复 → 切分 → 计数 → 比较。下面是本次所用的全部选项（含默认值）。",
        "Steps: read, repair, segment, count, compare. Every option of this run, defaults included.",
    ),
    "option": ("选项", "Option"),
    "value": ("值", "Value"),
    "noscript": (
        "没有 JavaScript 也能看图表和数据；点词查语境、切换组和节点需要打开它。",
        "Charts and tables work without JavaScript; looking up words and switching groups or nodes need it.",
    ),
    "made_with": (
        "由 duizhao {version} 生成，单个文件，可离线阅读。",
        "Made with duizhao {version}: one file, readable offline.",
    ),
}

#: Kinds of edits. A kind that is not here is shown under its own name.
EDIT_KINDS: Final[dict[str, tuple[str, str]]] = {
    "pinyin_annotation": ("拼音夹注", "pinyin annotation"),
    "false_annotation": ("错位夹注", "misaligned annotation"),
    "byte_shift": ("字节错位", "shifted bytes"),
    "mojibake": ("编码乱码", "mojibake"),
    "zero_width": ("零宽字符", "zero-width character"),
    "control": ("控制字符", "control character"),
    "html_entity": ("HTML 实体", "HTML entity"),
    "unicode_form": ("字符组合形式", "Unicode form"),
    "full_width": ("全角字符", "full-width character"),
    "spaced_digits": ("数字间空格", "spaced digits"),
    "punctuation": ("标点", "punctuation"),
    "line_break": ("句内换行", "line break in a sentence"),
    "whitespace": ("空白", "whitespace"),
    "boilerplate": ("页面杂项", "page furniture"),
    "metadata": ("标题、日期、署名等（移入列）", "title, date, byline (moved to columns)"),
    "abstract": ("重复首段的摘要", "abstract that repeats the first paragraph"),
    "script": ("繁简转换", "script conversion"),
}


def translator(language: Language) -> Callable[..., str]:
    """Return ``t(key, **values)`` for one language."""
    column = LANGUAGES.index(language)

    def translate(key: str, **values: object) -> str:
        text = MESSAGES[key][column]
        return text.format(**values) if values else text

    return translate


def edit_kind(kind: str, language: Language) -> str:
    """Return the name of a kind of edit for the reader; kinds that fell together are joined by a plus sign."""
    column = LANGUAGES.index(language)
    parts = [
        EDIT_KINDS[part][column] if part in EDIT_KINDS else part.replace("_", " ") for part in kind.split("+")
    ]
    return " + ".join(parts)
