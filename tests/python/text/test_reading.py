"""Reading files, folders and tables; metadata; what cannot be read."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import duizhao as dz
from duizhao.text._schema import DOCUMENTS

SPRING = "云川县的春天来得早，田里的人们都很忙。"
AUTUMN = "秋天到了，云川县的粮食获得丰收。"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "b").mkdir()
    (tmp_path / "a.txt").write_text(SPRING, encoding="utf-8")
    (tmp_path / "b" / "c.md").write_text(AUTUMN, encoding="utf-8")
    return tmp_path


def test_a_folder_in_the_order_of_its_paths(folder: Path) -> None:
    (folder / ".hidden.txt").write_text("x")
    (folder / "README.md").write_text("about")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    docs = dz.read_texts(folder)
    assert docs.schema == DOCUMENTS
    assert docs["doc_id"].to_list() == ["a", "c"]
    assert docs["text"].to_list() == [SPRING, AUTUMN]
    assert docs["path"].to_list() == [str(folder / "a.txt"), str(folder / "b" / "c.md")]
    assert docs["damage"].to_list() == [0, 0]


def test_paths_patterns_and_lists_give_the_same(folder: Path) -> None:
    expected = dz.read_texts(folder)
    for paths in (
        str(folder),
        [folder / "b", folder / "a.txt"],
        f"{folder}/**/*.[tm]*",
        [f"{folder}/*.txt", folder / "b" / "c.md", folder],
        iter([folder]),
    ):
        assert dz.read_texts(paths).equals(expected)


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("gb18030", "gb18030"),
        ("gbk", "gb18030"),
        ("utf-16", "utf-16-le"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
def test_encodings_are_found_and_named(tmp_path: Path, encoding: str, name: str) -> None:
    (tmp_path / "a.txt").write_bytes(SPRING.encode(encoding))
    docs = dz.read_texts(tmp_path / "a.txt")
    assert docs.select("text", "encoding").rows() == [(SPRING, name)]
    # The name is one that Python knows.
    assert SPRING.encode(encoding).decode(docs["encoding"][0]).lstrip("\ufeff") == SPRING


def test_big5(tmp_path: Path) -> None:
    text = "雲川縣的春天來得早，田裡的人們都很忙。"
    (tmp_path / "a.txt").write_bytes(text.encode("big5"))
    assert dz.read_texts(tmp_path).select("text", "encoding").rows() == [(text, "big5")]


@settings(max_examples=60, deadline=None)
@given(
    text=st.lists(
        st.sampled_from(
            ["今天天气很好", "我们去学校上课", "政协委员提出建议", "经济发展", "，", "。", "2023年", "\n"]
        ),
        min_size=3,
        max_size=20,
    ).map("".join),
    encoding=st.sampled_from(["utf-8", "gb18030", "utf-16-le", "utf-16-be"]),
)
def test_texts_come_back_from_every_encoding(
    tmp_path_factory: pytest.TempPathFactory, text: str, encoding: str
) -> None:
    if sum("\u4e00" <= c <= "\u9fff" for c in text) < 6:
        return
    path = tmp_path_factory.mktemp("round") / "a.txt"
    path.write_bytes(text.encode(encoding))
    assert dz.read_texts(path)["text"][0] == text


JAPANESE = "雨が降ったので、試合は中止になりました。"
KOREAN = "어제는 비가 와서 집에 있었습니다."


@pytest.mark.parametrize(
    ("text", "encoding", "language"),
    [
        (JAPANESE, "shift_jis", "Japanese"),
        (JAPANESE, "euc-jp", "Japanese"),
        (JAPANESE, "iso-2022-jp", "Japanese"),
        (KOREAN, "euc-kr", "Korean"),
    ],
)
def test_files_that_are_not_chinese_are_named(
    tmp_path: Path, text: str, encoding: str, language: str
) -> None:
    (tmp_path / "a.txt").write_text(SPRING, encoding="gb18030")
    (tmp_path / "b.txt").write_bytes(text.encode(encoding))
    (tmp_path / "c.csv").write_bytes(f"doc_id,text\n1,{text}\n".encode(encoding))
    said = (
        rf'looks like {language} in {encoding}, not like Chinese; encoding="{encoding}" reads it all the same'
    )
    with pytest.warns(dz.UnreadableFileWarning, match=rf"b\.txt: {said}; .*c\.csv: {said}"):
        assert dz.read_texts(tmp_path)["doc_id"].to_list() == ["a"]
    assert dz.read_texts(tmp_path / "b.txt", encoding=encoding)["text"].to_list() == [text]
    assert dz.read_texts(tmp_path / "c.csv", encoding=encoding)["text"].to_list() == [text]
    # In an encoding of all languages nothing is doubtful.
    (tmp_path / "d.txt").write_text(text, encoding="utf-8")
    assert dz.read_texts(tmp_path / "d.txt")["text"].to_list() == [text]


@pytest.mark.parametrize("encoding", [None, "gb18030"])
def test_the_mark_of_gb_18030_is_taken_off(tmp_path: Path, encoding: str | None) -> None:
    (tmp_path / "a.txt").write_bytes(f"\ufeff{SPRING}".encode("gb18030"))
    (tmp_path / "b.csv").write_bytes(f"\ufeffdoc_id,text\n1,{SPRING}\n".encode("gb18030"))
    docs = dz.read_texts(tmp_path, encoding=encoding)
    assert docs.select("doc_id", "text", "encoding").rows() == [
        ("a", SPRING, "gb18030"),
        ("1", SPRING, "gb18030"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_nul_bytes_are_damage(tmp_path: Path, encoding: str) -> None:
    for name, text in (("a", "县\0政\0协\0会议"), ("b", "a\0b\0c 县政协会议\0"), ("c", "云川县\0" * 9)):
        (tmp_path / f"{name}.txt").write_bytes(text.encode(encoding))
        docs = dz.read_texts(tmp_path / f"{name}.txt")
        assert docs.select("text", "encoding", "damage").row(0) == (text, encoding, text.count("\0"))


def test_the_mark_of_another_encoding_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SPRING, encoding="utf-8-sig")
    with pytest.raises(
        dz.NoDocumentsError, match="begins with the byte-order mark of utf-8 and is not in gb18030"
    ):
        dz.read_texts(tmp_path, encoding="gbk")


def test_an_encoding_given_is_binding(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(SPRING.encode("gbk"))
    (tmp_path / "b.txt").write_bytes(AUTUMN.encode("utf-8"))
    with pytest.warns(dz.UnreadableFileWarning, match=r"a\.txt: \d+ byte sequences are not valid in utf-8"):
        docs = dz.read_texts(tmp_path, encoding="utf-8")
    assert docs["doc_id"].to_list() == ["b"]
    assert dz.read_texts(tmp_path / "a.txt", encoding="cp936")["text"][0] == SPRING
    with pytest.raises(dz.ParameterError, match=r"`encoding`.*klingon"):
        dz.read_texts(tmp_path, encoding="klingon")


def test_bytes_that_cannot_be_read_are_counted(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes((SPRING * 20).encode() + b"\xe6\x94")
    with pytest.warns(dz.DuizhaoWarning, match=r"a\.txt \(1\)"):
        docs = dz.read_texts(tmp_path)
    assert docs.select("encoding", "damage").rows() == [("utf-8", 1)]


def test_main_text_of_pages(tmp_path: Path) -> None:
    body = "".join(f"<p>　　第{n}段，{SPRING}{AUTUMN}</p>" for n in range(4))
    page = (
        "<html><head><meta charset='gb2312'><meta name='PubDate' content='2024-03-08 09:00'>"
        "<title>春天</title></head><body><ul><li><a href='/'>首页</a></li></ul><h1>春天</h1>"
        f"<div>{body}</div><script>x=1</script></body></html>"
    )
    (tmp_path / "a.html").write_bytes(page.encode("gb18030"))
    docs = dz.read_texts(tmp_path)
    assert docs.columns == [*DOCUMENTS.names(), "title", "date"]
    assert docs["encoding"][0] == "gb18030"
    assert [line for line in docs["text"][0].splitlines() if line.startswith("第")] == [
        f"第{n}段，{SPRING}{AUTUMN}" for n in range(4)
    ]
    assert "x=1" not in docs["text"][0]
    assert docs.select("title", pl.col("date").cast(str)).rows() == [("春天", "2024-03-08")]


def test_names_that_occur_twice_get_their_folder(tmp_path: Path) -> None:
    for name in ("x/r.txt", "y/r.txt", "y/s.txt", "y/r.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    docs = dz.read_texts(tmp_path)
    assert dict(docs.select("text", "doc_id").rows()) == {
        "x/r.txt": "x/r",
        "y/r.txt": "y/r.txt",
        "y/r.md": "y/r.md",
        "y/s.txt": "s",
    }


# --- tables ---------------------------------------------------------------------------------------


def test_tables_of_every_kind(tmp_path: Path) -> None:
    frame = pl.DataFrame({"doc_id": ["x", "y"], "text": [SPRING, "協(xié)商"], "year": [2023, 2024]})
    frame.write_csv(tmp_path / "a.csv")
    frame.write_csv(tmp_path / "b.tsv", separator="\t")
    frame.write_ndjson(tmp_path / "c.jsonl")
    frame.write_json(tmp_path / "d.json")
    frame.write_parquet(tmp_path / "e.parquet")
    for name in ("a.csv", "b.tsv", "c.jsonl", "d.json", "e.parquet"):
        docs = dz.read_texts(tmp_path / name)
        assert docs.columns == [*DOCUMENTS.names(), "year"], name
        assert docs.select("doc_id", "text", "year").equals(frame), name
        assert docs["damage"].to_list() == [0, 1]
        assert docs["encoding"][0] == (None if name == "e.parquet" else "utf-8")


def test_a_table_written_by_a_spreadsheet(tmp_path: Path) -> None:
    table = f"编号,正文,年份\r\n007,{SPRING},2023\r\n008,{AUTUMN},2024\r\n"
    (tmp_path / "a.csv").write_bytes(table.encode("gbk"))
    docs = dz.read_texts(tmp_path / "a.csv", text="正文", doc_id="编号")
    assert docs.select("doc_id", "text", "年份").rows() == [("007", SPRING, 2023), ("008", AUTUMN, 2024)]


def test_ids_of_rows(tmp_path: Path) -> None:
    pl.DataFrame({"text": [SPRING, AUTUMN]}).write_csv(tmp_path / "t.csv")
    assert dz.read_texts(tmp_path)["doc_id"].to_list() == ["t-1", "t-2"]
    pl.DataFrame({"doc_id": [7, 8], "text": [SPRING, AUTUMN]}).write_csv(tmp_path / "t.csv")
    assert dz.read_texts(tmp_path)["doc_id"].to_list() == [7, 8]
    (tmp_path / "z.txt").write_text(SPRING)
    assert dz.read_texts(tmp_path)["doc_id"].to_list() == ["7", "8", "z"]


def test_rows_without_text_and_tables_without_column(tmp_path: Path) -> None:
    pl.DataFrame({"doc_id": ["a", "b"], "text": [SPRING, None]}).write_parquet(tmp_path / "a.parquet")
    pl.DataFrame({"body": [SPRING]}).write_csv(tmp_path / "b.csv")
    pl.DataFrame({"text": [1]}).write_parquet(tmp_path / "c.parquet")
    with pytest.warns(dz.UnreadableFileWarning) as caught:
        docs = dz.read_texts(tmp_path)
    message = str(caught[0].message)
    assert docs["doc_id"].to_list() == ["a"]
    assert "a.parquet: 1 row without text (row 2)" in message
    assert "b.csv: no column 'text' (it has 'body')" in message
    assert "c.parquet: column 'text' must hold strings; got Int64" in message


# --- metadata -------------------------------------------------------------------------------------


def test_metadata_by_file_brings_ids_and_lists_the_documents(folder: Path) -> None:
    (folder / "meta.csv").write_text(
        "doc_id,file,city,date\nA1,a.txt,云川,2023-05-01\nC1,b/c.md,,\n", encoding="utf-8"
    )
    docs = dz.read_texts(folder, metadata=folder / "meta.csv")
    assert docs.columns == [*DOCUMENTS.names(), "file", "city", "date"]
    assert docs.select("doc_id", "city").rows() == [("A1", "云川"), ("C1", None)]
    assert docs.schema["date"] == pl.Date
    (folder / "extra.txt").write_text("x")
    with pytest.warns(dz.DuizhaoWarning, match=r"left out 1 file that column 'file' .*extra\.txt"):
        assert dz.read_texts(folder, metadata=folder / "meta.csv").equals(docs)


def test_metadata_by_end_of_path_without_suffix_and_windows_separators(folder: Path) -> None:
    about = pl.DataFrame({"path": [str(folder / "a.txt"), "b\\c"], "year": [1, 2]})
    assert dz.read_texts(folder, metadata=about)["year"].to_list() == [1, 2]
    assert dz.read_texts(folder, metadata=about.lazy())["year"].to_list() == [1, 2]
    about = pl.DataFrame({"文件名": ["c.md", "a"], "year": [2, 1]})
    assert dz.read_texts(folder, metadata=about)["year"].to_list() == [1, 2]


def test_metadata_by_id_keeps_documents_without_a_row(folder: Path) -> None:
    about = pl.DataFrame({"doc_id": ["a", "q"], "year": [1, 2]})
    with pytest.warns(dz.DuizhaoWarning) as caught:
        docs = dz.read_texts(folder, metadata=about)
    assert docs.select("doc_id", "year").rows() == [("a", 1), ("c", None)]
    assert [str(w.message) for w in caught] == [
        "1 of 2 rows of `metadata` without a document (joined by 'doc_id')",
        "1 of 2 documents without a row in `metadata`: 'c'",
    ]


def test_ids_with_leading_zeros(tmp_path: Path) -> None:
    for name in ("000", "001"):
        (tmp_path / f"{name}.txt").write_text(SPRING)
    (tmp_path / "m.csv").write_text("doc_id,year\n000,1\n001,2\n")
    docs = dz.read_texts(f"{tmp_path}/*.txt", metadata=tmp_path / "m.csv")
    assert docs.select("doc_id", "year").rows() == [("000", 1), ("001", 2)]


def test_metadata_that_do_not_fit(folder: Path) -> None:
    with pytest.raises(dz.DataError, match=r"'doc_id'.*no value does"):
        dz.read_texts(folder, metadata=pl.DataFrame({"doc_id": ["q"], "year": [1]}))
    with pytest.raises(dz.MissingColumnError, match=r"'doc_id', 'file'.*it has 'year'"):
        dz.read_texts(folder, metadata=pl.DataFrame({"year": [1]}))
    with pytest.raises(dz.DataError, match="'a' occurs twice"):
        dz.read_texts(folder, metadata=pl.DataFrame({"doc_id": ["a", "a"]}))
    with pytest.raises(dz.DataError, match="occurs twice"):
        dz.read_texts(folder, metadata=pl.DataFrame({"file": ["a.txt", "a.txt"]}))
    with pytest.raises(dz.FileError, match="`metadata`"):
        dz.read_texts(folder, metadata=folder / "none.csv")
    with pytest.raises(dz.ParameterError, match="`metadata`"):
        dz.read_texts(folder, metadata=folder / "a.txt")
    with pytest.raises(dz.DataTypeError, match="`metadata`"):
        dz.read_texts(folder, metadata=3)  # type: ignore[arg-type]


def test_one_metadata_name_for_two_files(tmp_path: Path) -> None:
    for name in ("x", "y"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "r.txt").write_text(name)
    with pytest.raises(dz.DataError, match=r"one file a row.*'r\.txt'"):
        dz.read_texts(tmp_path, metadata=pl.DataFrame({"file": ["r.txt"]}))


# --- what cannot be read --------------------------------------------------------------------------


def test_missing_and_empty(tmp_path: Path) -> None:
    with pytest.raises(dz.FileError, match=r"no such file or folder: .*nowhere"):
        dz.read_texts(tmp_path / "nowhere")
    with pytest.raises(dz.NoDocumentsError, match=r"\.txt"):
        dz.read_texts(tmp_path)
    with pytest.raises(dz.NoDocumentsError, match="empty list"):
        dz.read_texts([])
    with pytest.raises(dz.NoDocumentsError, match=r"\*\.txt"):
        dz.read_texts(f"{tmp_path}/*.txt")
    with pytest.raises(dz.DataTypeError, match="`paths`"):
        dz.read_texts(3)  # type: ignore[arg-type]
    with pytest.raises(dz.ParameterError, match="`on_error`"):
        dz.read_texts(tmp_path, on_error="stop")  # type: ignore[arg-type]


def test_the_rest_still_comes(folder: Path) -> None:
    (folder / "z.txt").write_bytes(bytes(range(256)) * 4)
    (folder / "broken.parquet").write_bytes(b"no")
    with pytest.warns(dz.UnreadableFileWarning) as caught:
        docs = dz.read_texts(folder)
    assert docs["doc_id"].to_list() == ["a", "c"]
    message = str(caught[0].message)
    assert "z.txt: no text in a known encoding" in message and "broken.parquet: " in message
    # The warning points at the line of the user.
    assert caught[0].filename == __file__
    assert dz.read_texts(folder, on_error="ignore").equals(docs)
    with pytest.raises(dz.FileError, match=r"z\.txt"):
        dz.read_texts(folder, on_error="raise")
    with pytest.raises(dz.NoDocumentsError, match=r"z\.txt"):
        dz.read_texts(folder / "z.txt")


def test_an_empty_file_is_an_empty_document(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("")
    assert dz.read_texts(tmp_path).select("text", "encoding", "damage").rows() == [("", "utf-8", 0)]


def test_damage() -> None:
    assert dz.count_damage(pl.Series([], dtype=pl.String)).dtype == pl.Int64
    assert dz.count_damage(pl.Series(["f(x)，协(会)", "\ufffd\ue000烫烫烫"])).to_list() == [0, 3]
    with pytest.raises(dz.DataTypeError, match="`texts`"):
        dz.count_damage(pl.Series([1]))


# --- the sample data ------------------------------------------------------------------------------


def test_work_reports(shared: Path) -> None:
    folder = shared / "workreports"
    docs = dz.read_texts(folder, metadata=folder / "metadata.csv")
    assert docs.height == 88
    assert docs["doc_id"][0] == "P2026_anhui" and docs["doc_id"][-1] == "S2025"
    assert docs.filter(pl.col("region") == "东部")["place"].n_unique() == 10
    # The text that its metadata speak of.
    assert (docs["text"].str.len_bytes() == docs["bytes"]).all()
    assert docs["damage"].sum() == 0


def test_seeds(shared: Path) -> None:
    docs = dz.read_texts(shared / "seeds")
    damaged = docs.select(pl.col("doc_id").str.head(3), pl.col("damage") > 0).rows()
    assert damaged == [("000", True), ("001", False), ("002", True), ("003", False), ("004", True)]


def test_an_empty_path_is_not_the_working_directory():
    with pytest.raises(dz.ParameterError, match="paths"):
        dz.read_texts("")
