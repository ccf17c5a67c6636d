"""What the page says, in Chinese and in English."""

from __future__ import annotations

import re
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
    "files_read": ("读入的文献按文件种类：{kinds}。", "Documents by kind of file: {kinds}."),
    "texts_lost": (
        "清洗后汉字少于原文一半的文本（{n}），请看改动表",
        "Texts that kept less than half of their Chinese characters ({n}); the edits show what went",
    ),
    "files_left": ("没有读入的文件（{n}）", "Files that were not read ({n})"),
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
        "图表只列至少 {min_chars} 个字、本组（偏少者为其余各组）出现至少 {min_count} 次、见于{min_doc_freq}、|G²| ≥ 3.84 的词；检验和校正用的是全部词。",
        "Caution: p treats tokens as independent, but words cluster in documents, so it is too optimistic; read the passages before you "
        "trust a word that stands in one or two documents. Shown are words of at least {min_chars} characters with at least {min_count} "
        "occurrences in {min_doc_freq} of the group (for under-used words, of the others) and |G²| ≥ 3.84; tests and adjustment use all words.",
    ),
    "docs_half": ("至少一半文献（最多要求 10 篇）", "at least half of the documents (ten are enough)"),
    "docs_least": ("至少 {n} 篇", "at least {n} documents"),
    "keyness_source": (
        "Dunning 1993（G²）；Hardie 2014（对数比，零值按 Walter 1975 各加 0.5）；Benjamini & Hochberg 1995",
        "Dunning 1993 (G²); Hardie 2014 (log ratio; zeros after Walter 1975, +0.5); Benjamini & Hochberg 1995",
    ),
    "one_group": ("只有一组，无从比较。", "There is only one group: nothing to compare."),
    "nothing_key": ("这一组没有符合条件的词。", "No word of this group meets the conditions."),
    "no_group": ("未分组", "no group"),
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
    # claims
    "h_claims": ("量化陈述", "Quantified claims"),
    "no_claims": ("没有找到量化陈述。", "No claim with a number was found."),
    "claims_note": (
        "带单位或量词的数（720余件、增长5.3%）和名次（全省第一）。“每千字”按去掉空白后的字符数计；“有模糊”指带余、多、近、约、以上等字样的数所占比例，其中“往上”为余、多、以上、超过，“往下”为近、不到、以下。",
        "Numbers with a unit or classifier (720余件, 增长5.3%) and ranks (全省第一). Rates are per 1,000 characters without white space; “hedged” is the share of numbers "
        "with words such as 余, 近, 约, 以上: upwards (余, 多, 以上) or downwards (近, 不到, 以下).",
    ),
    "claims_caveat": (
        "注意：对象、动词、类别由规则读出，会有错，引用前请点开原文；同一件事在一篇中说两次就算两条。",
        "Caution: object, verb and kind are read by rules and can be wrong: open the passage before you quote one. What a text says twice counts twice.",
    ),
    "claims_groups": ("各组的量化陈述", "Claims of each group"),
    "claims_categories": ("数的是什么", "What is counted"),
    "claims_list": ("逐条", "Claims one by one"),
    "claim": ("原文", "As written"),
    "claim_kind": ("性质", "Kind"),
    "per_1000": ("每千字", "Per 1,000 characters"),
    "hedged": ("有模糊", "Hedged"),
    "hedged_up": ("往上", "upwards"),
    "hedged_down": ("往下", "downwards"),
    "unit": ("单位", "Unit"),
    "bounds": ("上下界", "Bounds"),
    "object": ("对象", "Object"),
    "verb": ("动词", "Verb"),
    "direction": ("模糊", "Hedge"),
    "change": ("变化", "Change"),
    "kind_achievement": ("成绩", "achievement"),
    "kind_inventory": ("家底", "inventory"),
    "kind_loss": ("损失", "loss"),
    "kind_norm": ("规定", "norm"),
    "kind_rank": ("名次", "rank"),
    "kind_target": ("目标", "target"),
    "category_activity": ("活动", "activity"),
    "category_money": ("金额", "money"),
    "category_people": ("人", "people"),
    "category_structure": ("机构", "structure"),
    "category_share": ("比例", "share"),
    "category_time": ("时间", "time"),
    "category_physical": ("度量", "physical"),
    "category_goods": ("物品", "goods"),
    "category_rank": ("位次", "rank order"),
    "direction_exact": ("确数", "exact"),
    "direction_above": ("多于", "above"),
    "direction_at_least": ("至少", "at least"),
    "direction_below": ("少于", "below"),
    "direction_at_most": ("至多", "at most"),
    "direction_about": ("约数", "about"),
    "direction_range": ("区间", "range"),
    "rows_shown": (
        "显示 {shown} 条，共 {total} 条；全部见 {table} 表。",
        "{shown} of {total} shown; the table {table} has all.",
    ),
    "open_hint": ("点带虚线的文字看原文。", "Click underlined text to read the passage."),
    # slogans
    "h_slogans": ("提法与口号", "Slogans"),
    "no_slogans": ("没有找到提法。", "No slogan was found."),
    "slogans_note": (
        "数字提法（三会一课）、序数提法（第一议题）、并列句式（把方向、管大局、保落实）和加引号的提法。按见于多少篇文献排列；“解释”是文中或词表对它的展开。",
        "Numeric labels (三会一课), ordinals (第一议题), parallel series (把方向、管大局、保落实) and quoted coinages, those of most documents first. “Expansion” is "
        "what the text, or the list that comes with the package, says it stands for.",
    ),
    "slogans_caveat": (
        "注意：由规则和词表找出，会有遗漏和误收；套在另一提法里面的和引号中的名称不计。",
        "Caution: found by rules and a list, with misses and false hits; those inside another one, and names in quotation marks, are not counted.",
    ),
    "first_dated": (
        "“首见”是这些文献中日期最早的一篇，不等于首创。",
        "“First seen” is the earliest of these documents, not proof of who coined it.",
    ),
    "first_undated": (
        "文献没有日期列，“首见”只是本页排列次序中的第一篇。",
        "The documents have no column of dates: “first seen” is the first in the order of this page.",
    ),
    "slogans_groups": ("各组的提法", "Slogans of each group"),
    "slogans_list": ("各个提法", "Slogans one by one"),
    "slogan": ("提法", "Slogan"),
    "class": ("类", "Class"),
    "quoted": ("加引号", "Quoted"),
    "expansion": ("解释", "Expansion"),
    "first_seen": ("首见", "First seen"),
    "lexicon": ("（词表）", "(list)"),
    "senses": ("共 {n} 种解释", "{n} expansions"),
    "class_numeric": ("数字", "numeric"),
    "class_ordinal": ("序数", "ordinal"),
    "class_parallel": ("并列", "parallel"),
    "class_label": ("名目", "label"),
    # shared passages
    "h_reuse": ("共有段落", "Shared passages"),
    "no_reuse": ("没有找到共有的段落。", "No shared passage was found."),
    "reuse_note": (
        "两篇文献之间至少 {min_chars} 个字相同（容许少量改动，不计标点和空白）的段落；见于 {max_doc_freq} 篇以上的字串不作起点。权重从 0（人人都有的套话）到 1（只有这两篇有）。",
        "Passages of two documents with at least {min_chars} equal characters (small changes allowed; punctuation and white space ignored); strings of more than {max_doc_freq} documents start none. "
        "The weight goes from 0 (a formula that all have) to 1 (in these two only).",
    ),
    "reuse_caveat": (
        "注意：相同不等于抄袭：可能是共同的上级文件、法规名称或固定说法；没有日期也就不知道谁先谁后。",
        "Caution: equal words are not copying: both may quote a third text, a law or a set phrase, and without dates nobody knows who came first.",
    ),
    "reuse_shares": ("每篇有多少也见于别处", "How much of each document stands elsewhere too"),
    "reuse_pairs": ("文献对", "Pairs of documents"),
    "reuse_list": ("最突出的段落", "The most particular passages"),
    "share": ("占全文", "Share"),
    "passages": ("段落", "Passages"),
    "longest": ("最长", "Longest"),
    "coverage": ("覆盖", "Coverage"),
    "weighted": ("加权相似", "Weighted similarity"),
    "passage": ("段落", "Passage"),
    "identity": ("相同", "Identity"),
    "documents_have": ("最多见于篇数", "Documents, at most"),
    "weight": ("权重", "Weight"),
    "same_words": ("（同上）", "(the same words)"),
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
    "shifted_letters": ("误作汉字的字母", "letters read as characters"),
    "escape": ("转义字符", "escaped character"),
    "mojibake": ("编码乱码", "mojibake"),
    "zero_width": ("零宽字符", "zero-width character"),
    "control": ("控制字符", "control character"),
    "html_tag": ("HTML 标签", "HTML tag"),
    "html_entity": ("HTML 实体", "HTML entity"),
    "unicode_form": ("字符组合形式", "Unicode form"),
    "full_width": ("全角字符", "full-width character"),
    "spaced_digits": ("数字间空格", "spaced digits"),
    "spaced_words": ("词内空格", "blanks inside words"),
    "page_break": ("分页", "page break"),
    "page_line": ("页码、页眉、页脚", "page number, running head or foot"),
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


#: What a place in a file is called in Chinese, by the English words of ``dz.locate``.
_PARTS: Final = (
    (re.compile(r"page (\d+)"), r"第\1页"),
    (re.compile(r"paragraph (\d+)"), r"第\1段"),
    (re.compile(r"table (\d+) row (\d+)"), r"表\1第\2行"),
    (re.compile(r"footnote (\d+)"), r"脚注\1"),
    (re.compile(r"endnote (\d+)"), r"尾注\1"),
)


def part_of_file(label: str | None, language: Language) -> str:
    """Return a place in a file for the reader: a page, a paragraph, a cell; nothing for None.

    >>> part_of_file("page 3 – page 4", "zh"), part_of_file("cell 报告!B7", "en"), part_of_file(None, "zh")
    ('第3页 – 第4页', '报告!B7', '')
    """
    if label is None:
        return ""
    if label.startswith("cell "):
        return label.removeprefix("cell ")
    if language == "zh":
        for pattern, words in _PARTS:
            label = pattern.sub(words, label)
    return label


def edit_kind(kind: str, language: Language) -> str:
    """Return the name of a kind of edit for the reader; kinds that fell together are joined by a plus sign."""
    column = LANGUAGES.index(language)
    parts = [
        EDIT_KINDS[part][column] if part in EDIT_KINDS else part.replace("_", " ") for part in kind.split("+")
    ]
    return " + ".join(parts)
