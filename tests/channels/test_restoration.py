"""What is restored is proved by damaging it again."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seedlint.channels.channel import Channel
from seedlint.channels.misreading import misreadings
from seedlint.channels.reading import Reading, Swallow
from seedlint.channels.restoration import Restoration, restorations
from seedlint.diagnostic import Span
from seedlint.document import Document
from seedlint.language.plausibility import model

HANS = "我们在公园里散步，讨论了明年的计划，并且决定先学习编程语言。"
HANT = "我們在公園裡散步，討論了明年的計畫，並且決定先學習程式語言。"
JPAN = "私たちは公園を散歩しながら、来年の計画について話し合いました。"
KORE = "우리는 공원을 산책하면서 내년 계획에 대해 이야기했습니다."

WHOLE = [
    (HANS, Channel("utf-8", Reading("latin-1"))),
    (HANS, Channel("utf-8", Reading("cp1252", None))),
    (HANS, Channel("utf-8", Reading("mac_roman"))),
    (HANS, Channel("utf-8", Reading("cp437"))),
    (HANS, Channel("gbk", Reading("latin-1"))),
    (HANS, Channel("gbk", Reading("cp1252", None))),
    (HANT, Channel("big5", Reading("latin-1"))),
    (JPAN, Channel("cp932", Reading("latin-1"))),
    (KORE, Channel("cp949", Reading("latin-1"))),
    (JPAN, Channel("cp932", Reading("gbk"))),
    (KORE, Channel("cp949", Reading("gbk"))),
]
LOST = [
    Channel("utf-8", Reading("gbk")),
    Channel("utf-8", Reading("gb18030")),
    Channel("utf-8", Reading("gbk", "?", Swallow.ASCII)),
    Channel("utf-8", Reading("gbk", "?", Swallow.ANY)),
    Channel("utf-8", Reading("gbk", "?", Swallow.ASCII, euro=True)),
    Channel("utf-8", Reading("cp932")),
    Channel("utf-8", Reading("cp932", "・")),
    Channel("utf-8", Reading("cp932", "・", pairwise=True)),
    Channel("gbk", Reading("big5")),
]
ALL = [*LOST, *(channel for _, channel in WHOLE)]


def restored(text: str, found: list[Restoration]) -> str:
    for one in reversed(found):
        text = text[: one.span.start] + one.original + text[one.span.end :]
    return text


@pytest.mark.parametrize(("text", "channel"), WHOLE, ids=str)
def test_no_byte_lost_comes_back_whole(text: str, channel: Channel) -> None:
    damaged = channel.damage(text)
    found = misreadings(Document(damaged))
    assert restored(damaged, [one.found for one in found]) == text
    assert all(one.safe for one in found)


@pytest.mark.parametrize("channel", LOST, ids=repr)
def test_lost_bytes_are_filled(channel: Channel) -> None:
    damaged = channel.damage(HANS)
    got = restored(damaged, restorations(damaged))
    assert len(got) == len(HANS)
    assert sum(map(str.__eq__, got, HANS)) >= 0.9 * len(HANS)


@given(
    text=st.text(st.sampled_from(HANS + HANT + JPAN + KORE + "abc 123,.?!「」\n"), min_size=4, max_size=40)
)
@settings(deadline=None, max_examples=8)
@pytest.mark.parametrize("channel", ALL, ids=repr)
def test_what_is_restored_damages_to_what_was_found(channel: Channel, text: str) -> None:
    damaged = channel.reading.read(text.encode(channel.true, "ignore"))
    for one in misreadings(Document(damaged)):
        stands = damaged[one.found.span.start : one.found.span.end]
        assert stands == (one.found.original if one.found.unread else one.found.replay(one.found.original))


@given(text=st.text(st.sampled_from(HANS + JPAN + "鐨勫姛鑳Ã©â€�?・€"), min_size=2, max_size=30))
@settings(deadline=None, max_examples=40)
def test_nothing_becomes_less_plausible(text: str) -> None:
    for one in misreadings(Document(text)):
        before = text[one.found.span.start : one.found.span.end].replace("\ufffd", "")
        assert model().score(one.found.original) > model().score(before)


def test_one_bad_line_in_a_good_file() -> None:
    bad = Channel("utf-8", Reading("gb18030")).damage("这一行的编码弄错了")
    text = f"第一行是好的。\n{bad}\n第三行也是好的。\n"
    found = misreadings(Document(text))
    assert restored(text, [one.found for one in found]).splitlines()[1] == "这一行的编码弄错了"


def test_half_a_sentence() -> None:
    bad = Channel("utf-8", Reading("gb18030")).damage("天气很好适合散步")
    text = f"今天的{bad}。"
    (found,) = misreadings(Document(text))
    assert restored(text, [found.found]) == "今天的天气很好适合散步。"


@pytest.mark.parametrize("page", ["latin-1", "cp1252", "cp1250", "mac_roman", "cp437"])
@pytest.mark.parametrize(
    "text",
    [
        "Más información: los números de teléfono están aquí.",
        "Một lần nữa, chúng tôi sẽ không bình luận gì.",
        "Žádné stížnosti, příště přijďte včas.",
        "Az én esetemben a cenzúrának az nem tetszett.",
    ],
)
def test_western_text_of_any_language(page: str, text: str) -> None:
    channel = Channel("utf-8", Reading(page, None))
    damaged = channel.damage(text)
    found = restorations(damaged)
    assert restored(damaged, found) == text
    assert all(one.safe for one in found)


def test_a_lost_byte_among_letters_the_model_does_not_know_is_not_filled_safely() -> None:
    damaged = Channel("utf-8", Reading("cp1254")).damage(
        "\u201eNem akarom, hogy b\u00e1rmelyik sz\u00fcl\u0151 is\u201d"
    )
    assert not any(one.safe for one in restorations(damaged))


def test_two_passes() -> None:
    channel = Channel("utf-8", Reading("cp1252"))
    damaged = channel.damage(channel.damage("我们讨论了明年的计划"))
    (found,) = misreadings(Document(damaged))
    assert found.found.original == "我们讨论了明年的计划"
    assert [str(one) for one in found.found.channels] == [str(channel)] * 2


@pytest.mark.parametrize(
    "text",
    [
        "平仄平平仄，仄仄平平。",
        "他的心噔噔噔地跳。",
        "Дмитрий приехал в Москву.",
        "「Здравствуйте」是俄语的你好。",
        "記者張翀昨日抵達現場採訪。",
        "锇、铱、锕、镎属于金属元素。",
        "所謂修身在正其心者：身有所忿懥，則不得其正。",
        "[#]: author: (Jakub Kadlčík)",
        "Os únicos jogadores com mais pontos são portugueses, e a última linha já está lá.",
        "Er sagte: \u201eKomm\u201d \u201d\u00c4rger\u201d.",
        "O professor recomendou às crianças que não dormissem à tarde.",
        "乱码“鐨勫姛鑳”来自把 UTF-8 按 GBK 解码。",
        'MOJIBAKE = ("锟斤拷", "鈥", "Ã©")  # detector patterns',
    ],
)
def test_sound_text_is_left_alone(text: str) -> None:
    assert not misreadings(Document(text))


@pytest.mark.parametrize(
    "text", ["联邦检察官要求对纽约恐怖袭击嫌疑人判处死刑", "谩骂和言论如何常态化", "啪啪"]
)
def test_two_passes_do_not_lead_back(text: str) -> None:
    assert not misreadings(Document(text))


@pytest.mark.parametrize(
    "text",
    [
        "欢迎到掘金翻译计划看一看别人的译文。",
        "这种懒人的做法使他们失去了很多机会。",
        "燕子在春天飞回来了，我们很高兴。",
    ],
)
def test_signs_that_code_page_932_has_twice(text: str) -> None:
    damaged = Channel("utf-8", Reading("cp932")).damage(text)
    assert restored(damaged, restorations(damaged)) == text


def test_a_middle_dot_that_may_be_a_lost_byte_is_not_read_as_bytes_for_certain() -> None:
    text = "が一方的に武装解除することはない。"
    damaged = Channel("utf-8", Reading("cp932", "\N{KATAKANA MIDDLE DOT}", pairwise=True)).damage(text)
    plain = Channel("utf-8", Reading("cp932", ""))
    read = "が一斁E皁EぁE歁E裁E见E陁EすることぁEぁEぁE、E"
    assert "\N{KATAKANA MIDDLE DOT}" in damaged
    assert not Restoration(Span(0, 32), read, (plain,), (), 100.0).safe


@given(
    sound=st.text(st.sampled_from("一些目学习停止奮戦的是"), min_size=1, max_size=6),
    misread=st.sampled_from(["支持多种语言", "防空快砲系统", "このパートの後半では"]),
    channel=st.sampled_from([Channel("utf-8", Reading("gb18030")), Channel("cp932", Reading("gbk"))]),
)
@settings(max_examples=60)
def test_sound_text_is_never_read_back_safely(sound: str, misread: str, channel: Channel) -> None:
    clean = f"这是{sound}{misread}{sound}，没有问题。"
    try:
        document = Document(clean.replace(misread, channel.damage(misread)))
    except UnicodeEncodeError:
        return
    for one in misreadings(document):
        assert not one.safe or one.found.original in clean


def test_a_middle_dot_at_the_end_is_a_lost_byte() -> None:
    """U+30FB is 81 45 in Shift_JIS: a lead byte, and the letter E."""
    damaged = Channel("utf-8", Reading("cp932", "・")).damage("これは私たちが欲しかったものです。")
    (found,) = restorations(damaged)
    assert found.original == "これは私たちが欲しかったものです。"


def test_korean_is_not_filled_with_ideographs() -> None:
    text = "모듈이라 불리는 진일보한 구조와 유사한 데이터를 저장할 때 사용합니다."
    (found,) = restorations(Channel("utf-8", Reading("cp949")).damage(text))
    assert found.original == text


def test_the_script_of_the_lines_before_is_expected() -> None:
    channel = Channel("utf-8", Reading("cp1252"))
    lines = ["我们在公园里散步，讨论了明年的计划。", "文道"]
    found = misreadings(Document("\n".join(map(channel.damage, [*lines, "梁先生"]))))
    assert [one.found.original for one in found][-1] == "梁先生"


@pytest.mark.parametrize("sign", "①℃⭐👍")
def test_signs_beyond_the_common_ones_are_filled(sign: str) -> None:
    text = f"我们在公园里散步{sign}，讨论了明年的计划。"
    channel = Channel("utf-8", Reading("cp1252"))
    (one,) = misreadings(Document(channel.damage(text)))
    assert one.found.original[:8] + one.found.original[9:] == text[:8] + text[9:]
