"""The segmenter: words, suppression, files, identity."""

from __future__ import annotations

import copy
import pickle

import pytest

import duizhao as dz


def test_special_words_match_before_the_dictionary():
    seg = dz.Segmenter(user_dict=["1+7", "“三会一课”", "11783", "PM2.5", "New York"])
    assert seg.cut("推行“三会一课”和1+7、11783机制，PM2.5") == [
        "推行", "“三会一课”", "和", "1+7", "、", "11783", "机制", "，", "PM2.5",
    ]  # fmt: skip
    assert "11783" not in seg.cut("编号1178399")
    assert "1+7" not in seg.cut("11+7")


@pytest.mark.parametrize(
    "given",
    [
        [("党建引领", 100, "nz")],
        [("党建引领", "nz")],
        {"党建引领": "nz"},
        {"党建引领": (100, "nz")},
        {"党建引领": (None, "nz")},
    ],
)
def test_every_form_of_user_dictionary(given):
    seg = dz.Segmenter(user_dict=given, pos=True)
    assert seg.tokenize("坚持党建引领") == [("坚持", "v", 0, 2), ("党建引领", "nz", 2, 6)]


def test_dictionary_files(tmp_path):
    path = tmp_path / "words.txt"
    path.write_bytes("\ufeff党建引领 20 l\r\n# a remark\n\n凝聚 共识\t\tv\n头雁效应\n".encode())
    seg = dz.Segmenter(user_dict=path)
    assert seg.user_words == [("党建引领", 20, "l"), ("凝聚 共识", None, "v"), ("头雁效应", None, None)]
    assert seg == dz.Segmenter(user_dict=str(path))
    assert seg.cut("党建引领凝聚 共识头雁效应") == ["党建引领", "凝聚 共识", "头雁效应"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("好\n党建 abc n\n", 'line 2: the frequency "abc" of "党建"'),
        ("党建 3.5\n", 'line 1: the frequency "3.5"'),
        ("一 二 三 四\n", "line 1: 4 fields"),
        ("党建 5 名词\n", 'line 1: the tag "名词"'),
    ],
)
def test_a_broken_line_is_named(tmp_path, content, said):
    path = tmp_path / "broken.txt"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(dz.DictionaryError) as caught:
        dz.Segmenter(user_dict=path)
    assert str(path) in str(caught.value)
    assert said in str(caught.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
def test_files_of_words_are_read_in_every_encoding(tmp_path, encoding):
    path = tmp_path / "words.txt"
    path.write_bytes("湿隔离 5\n党建引领 20 l\n".encode(encoding))
    seg = dz.Segmenter(user_dict=path)
    assert seg.user_words == [("湿隔离", 5, None), ("党建引领", 20, "l")]
    path.write_bytes("市政协\n县政协\n".encode(encoding))
    assert dz.Segmenter(suppress=path).suppress == ["县政协", "市政协"]


def test_words_with_blanks_as_jieba_reads_them(tmp_path):
    path = tmp_path / "words.txt"
    path.write_text("Edu Trust认证 2000\nNew York 20 ns\nOpen Source 峰会\n", encoding="utf-8")
    seg = dz.Segmenter(user_dict=path)
    assert seg.user_words == [
        ("Edu Trust认证", 2000, None),
        ("New York", 20, "ns"),
        ("Open Source 峰会", None, None),
    ]
    assert seg.cut("通过Edu Trust认证，去New York") == ["通过", "Edu Trust认证", "，", "去", "New York"]
    for line in ("machine learning", "双向 发力 5", "双向发力 经常"):
        path.write_text(line, encoding="utf-8")
        with pytest.raises(dz.DictionaryError, match=r"words\.txt, line 1: "):
            dz.Segmenter(user_dict=path)


@pytest.mark.parametrize("line", ["湿隔离,5", "湿隔离，5", "湿隔离;n", "湿隔离,5,n", "湿隔离|5"])
def test_fields_behind_a_comma_are_refused(tmp_path, line):
    path = tmp_path / "words.txt"
    path.write_text(f"党建引领 5\n{line}\n", encoding="utf-8")
    for options in ({"user_dict": path}, {"suppress": path}, {"user_dict": ["党建", line]}):
        with pytest.raises(dz.DictionaryError, match=r"line 2: .*a blank or a tab"):
            dz.Segmenter(**options)
    assert dz.Segmenter(user_dict=["1,000", "不忘初心，牢记使命"]).cut("不忘初心，牢记使命1,000") == [
        "不忘初心，牢记使命",
        "1,000",
    ]


def test_emoji_are_whole():
    seg = dz.Segmenter()
    family, thumb, flag, key = "👨\u200d👩\u200d👧", "👍🏻", "🇨🇳", "1\ufe0f\u20e3"
    assert seg.cut(f"点赞{family}{thumb}{flag}第{key}名") == ["点赞", family, thumb, flag, "第", key, "名"]
    tokens = dz.tokens([f"好{thumb}{thumb}"])
    assert tokens.to_frame()["token"].to_list() == ["好", thumb, thumb]
    with pytest.raises(dz.DataError, match="half of a character"):
        seg.cut("好\ud83d")


def test_bad_files_and_arguments(tmp_path):
    with pytest.raises(dz.FileError, match=r"nowhere\.txt"):
        dz.Segmenter(user_dict=tmp_path / "nowhere.txt")
    broken = tmp_path / "broken.txt"
    broken.write_bytes("党建引领\n双向发力\n".encode() * 9 + b"\xe5\x85\n")
    with pytest.raises(dz.DictionaryError, match=r"broken\.txt, line 19: not valid in utf-8"):
        dz.Segmenter(suppress=broken)
    zipped = tmp_path / "words.txt"
    zipped.write_bytes(bytes(range(256)) * 4)
    with pytest.raises(dz.FileError, match=r"words\.txt: no text"):
        dz.Segmenter(user_dict=zipped)
    with pytest.raises(dz.ParameterError, match="'default', 'search', 'full'; got 'fast'"):
        dz.Segmenter(mode="fast")
    with pytest.raises(dz.ParameterError, match="two characters"):
        dz.Segmenter(suppress=["的"])
    with pytest.raises(dz.ParameterError, match="not in `user_dict`"):
        dz.Segmenter(suppress=["党建"], user_dict=["党建"])
    with pytest.raises(dz.DictionaryError, match="line 2"):
        dz.Segmenter(user_dict=["好词", 5])
    with pytest.raises(dz.DictionaryError, match="frequency -1"):
        dz.Segmenter(user_dict=[("好词", -1)])
    with pytest.raises(dz.DataTypeError, match="user_dict"):
        dz.Segmenter(user_dict=5)
    with pytest.raises(dz.DataTypeError, match="text"):
        dz.Segmenter().cut(None)
    with pytest.raises(dz.FormatError, match="segmenter"):
        dz.Segmenter.from_json("{}")


def test_suppressed_words_leave_what_the_dictionary_gives_without_them():
    assert dz.Segmenter().cut("市政协") == ["市政协"]
    assert dz.Segmenter(suppress=["市政协"]).cut("市政协") == ["市", "政协"]
    by_frequency = dz.Segmenter(user_dict={"市政协": 0})
    assert by_frequency == dz.Segmenter(suppress=["市政协"])


@pytest.mark.parametrize("mode", ["default", "search", "full"])
@pytest.mark.parametrize("hmm", [True, False])
def test_the_gold_lexicon_comes_out_whole_and_the_suppressed_words_never(shared, mode, hmm):
    gold = shared / "gold"
    seg = dz.Segmenter(
        hmm=hmm, mode=mode, user_dict=gold / "lexicon.txt", suppress=gold / "lexicon_suppress.txt"
    )
    suppressed = set(seg.suppress)
    assert len(suppressed) == 5
    for path in (gold / "repaired").glob("*.txt"):
        cut = seg.cut(path.read_text("utf-8"))
        assert not suppressed & set(cut)
    for word, _, _ in seg.user_words:
        assert word in seg.cut(word), word


def test_spans_are_slices_of_the_text():
    text = "𠮷野家 的PM2.5：“1+7”\r\n党建"
    for mode in ("default", "search", "full"):
        seg = dz.Segmenter(mode=mode, user_dict=["“1+7”"], pos=True)
        tokens = seg.tokenize(text)
        assert [text[start:end] for _, _, start, end in tokens] == [word for word, *_ in tokens]
        assert [word for word, *_ in tokens] == seg.cut(text)
        assert all(tag for _, tag, _, _ in tokens)


def test_joining_latin_and_digits():
    text = "2019-2-25，PM_2.5和USB-C"
    joined = ["2019-2-25", "，", "PM_2.5", "和", "USB-C"]
    assert dz.Segmenter(join_latin=True).cut(text) == joined
    assert dz.Segmenter(join_latin=True, hmm=False).cut(text) == joined
    assert dz.Segmenter().cut("2019-2-25") == ["2019", "-", "2", "-", "25"]


def test_a_segmenter_is_a_value():
    seg = dz.Segmenter(user_dict=["党建引领", ("1+7", 5)], suppress=["市政协"], pos=True, mode="search")
    again = pickle.loads(pickle.dumps(seg))
    assert again == seg
    assert hash(again) == hash(seg)
    assert again.cut("党建引领1+7") == seg.cut("党建引领1+7")
    assert copy.deepcopy(seg) is seg
    assert dz.Segmenter.from_json(seg.to_json()) == seg
    assert len({seg, again, dz.Segmenter(), dz.Segmenter(hmm=True)}) == 2
    assert seg != dz.Segmenter()
    assert seg != "seg"
    with pytest.raises(AttributeError):
        seg.hmm = False
    assert repr(seg) == "Segmenter(hmm=True, mode='search', pos=True, user_dict=<2 words>, suppress=<1 word>)"


def test_nothing_in_nothing_out():
    for mode in ("default", "search", "full"):
        seg = dz.Segmenter(mode=mode, user_dict=["1+7"])
        assert seg.cut("") == seg.cut(" \n\t\u3000") == []


def test_stop_words():
    words = dz.stop_words("zh")
    assert isinstance(words, frozenset)
    assert len(words) >= 250
    assert {"的", "我们", "对于", "以及", "已经", "应当"} <= words
    assert not {"工作", "党建", "建设", "发展"} & words
    assert all(word == word.strip() and word for word in words)
    classes = [
        "particles",
        "pronouns",
        "prepositions",
        "conjunctions",
        "adverbs",
        "auxiliaries",
        "measures",
        "locatives",
    ]
    parts = [dz.stop_words(classes=[name]) for name in classes]
    assert sum(map(len, parts)) == len(words)
    assert frozenset().union(*parts) == words
    assert dz.stop_words(classes="pronouns") < words
    with pytest.raises(dz.ParameterError, match="'zh'; got 'en'"):
        dz.stop_words("en")
    with pytest.raises(dz.ParameterError, match="'particles'"):
        dz.stop_words(classes=["verbs"])


TRADITIONAL = "區公所推動關懷據點，設“一里一據點”，審議預算。"


def test_traditional_text_is_cut_as_its_simplified_form():
    seg = dz.Segmenter(pos=True)
    simplified = dz.clean({"a": TRADITIONAL}, steps=["script"], script="simplified")["text"][0]
    found, expected = seg.tokenize(TRADITIONAL), seg.tokenize(simplified)
    assert [row[1:] for row in found] == [row[1:] for row in expected]
    assert all(TRADITIONAL[start:end] == token for token, _, start, end in found)
    assert "審議" in seg.cut(TRADITIONAL)


@pytest.mark.parametrize("words", [["關懷據點", "“一里一據點”"], ["关怀据点", "“一里一据点”"]])
def test_words_of_either_script_match_traditional_text(words):
    assert {"關懷據點", "“一里一據點”"} <= set(dz.Segmenter(user_dict=words).cut(TRADITIONAL))
    assert "審議" not in dz.Segmenter(suppress=["审议"]).cut(TRADITIONAL)
    assert "審議" not in dz.Segmenter(suppress=["審議"]).cut(TRADITIONAL)


def test_words_match_simplified_text_as_they_were_given():
    text = "推动关怀据点建设"
    assert dz.Segmenter(user_dict=["關懷據點"]).cut(text) == dz.Segmenter().cut(text)


def test_the_way_back():
    seg = dz.Segmenter(script="as_written")
    assert seg.script == "as_written"
    assert seg != dz.Segmenter()
    assert dz.Segmenter.from_json(seg.to_json()) == seg
    assert repr(seg).endswith("script='as_written')")
    assert seg.cut(TRADITIONAL) != dz.Segmenter().cut(TRADITIONAL)
    simplified = "县议会审议预算，这个“王乾”说了。"
    assert seg.cut(simplified) == dz.Segmenter().cut(simplified)
    assert dz.tokens([TRADITIONAL], segmenter=seg).to_list() == [seg.cut(TRADITIONAL)]
    # A segmenter that was stored before there was the option.
    stored = dz.Segmenter().to_json().replace(',"script":"simplified"', "")
    assert "script" not in stored
    assert dz.Segmenter.from_json(stored) == dz.Segmenter()
    with pytest.raises(dz.ParameterError, match="'simplified', 'as_written'"):
        dz.Segmenter(script="traditional")


def test_tokens_of_traditional_text_are_what_is_written():
    frame = dz.tokens({"a": TRADITIONAL}, segmenter=dz.Segmenter(pos=True)).to_frame()
    for token, start, end in frame.select("token", "char_start", "char_end").iter_rows():
        assert TRADITIONAL[start:end] == token
    left = dz.tokens({"a": "這個是為了大家的。"}, remove=dz.stop_words("zh"), remove_punctuation=True)
    assert left.to_list() == [[]]


def test_stop_words_stand_in_both_scripts():
    words = dz.stop_words("zh")
    assert {"這個", "為了", "爲了", "裡面", "裏面", "甚麼", "什麼", "對於", "妳們", "之後"} <= words
    assert {"于", "於", "后", "後"} <= words
    assert not {"發展", "工作"} & words


def test_new_words_of_traditional_text():
    before = ["設置", "推動", "擴大", "檢討", "增設", "這", "這", "這", "訪視", "認養"]
    after = ["", "了", "好", "計畫", "經費", "近", "遠", "開", "服務", "志工"]
    docs = [f"{left}關懷據點{right}。" for left, right in zip(before, after, strict=True)]
    found = dz.new_words(docs, min_count=3, min_cohesion=0.5)
    # 這關懷據點 is frequent enough, but no word begins with a character of the edges, in either form.
    assert found.select("word", "count", "cut_across").rows() == [("關懷據點", 10, 0)]
