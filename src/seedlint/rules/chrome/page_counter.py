"""page-counter: views, likes, comments; a lone date or time is metadata."""

from seedlint.chrome.phrases import ChromeClass
from seedlint.rule import Example
from seedlint.rules.chrome._block_rule import BlockRule


class PageCounter(BlockRule):
    """Counts of views, likes and comments, and time stamps, stand in the text.

    A number without a sentence around it tells nothing. A date or time that stands
    alone may be the only trace of when the text was written: that one is left unless
    unsafe fixes are asked for.
    """

    code = "WEB004"
    chrome = ChromeClass.PAGE_COUNTER
    what = "counter or time stamp of the page"
    damaged = (
        Example(
            "阅读 1234 评论 56 点赞 7\n"
            "\n"
            "秋天的山里很安静，清晨的雾还没有散去，我们沿着小路慢慢走。\n"
            "\n"
            "中午在溪边休息，大家把带来的干粮分着吃了，又说起去年的事。\n",
            repaired="秋天的山里很安静，清晨的雾还没有散去，我们沿着小路慢慢走。\n"
            "\n"
            "中午在溪边休息，大家把带来的干粮分着吃了，又说起去年的事。\n",
        ),
        Example(
            "2024-05-06 10:11\n"
            "\n"
            "秋天的山里很安静，清晨的雾还没有散去，我们沿着小路慢慢走。\n"
            "\n"
            "中午在溪边休息，大家把带来的干粮分着吃了，又说起去年的事。\n",
            suggested="秋天的山里很安静，清晨的雾还没有散去，我们沿着小路慢慢走。\n"
            "\n"
            "中午在溪边休息，大家把带来的干粮分着吃了，又说起去年的事。\n",
        ),
        Example(
            "秋天的山里很安静，清晨的雾还没有散去，我们沿着小路慢慢走。\n"
            "\n"
            "中午在溪边休息，大家把带来的干粮分着吃了，又说起去年的事。\n"
            "\n"
            "浏览次数：1024\n"
            "3 条评论\n",
            repaired="秋天的山里很安静，清晨的雾还没有散去，我们沿着小路慢慢走。\n"
            "\n"
            "中午在溪边休息，大家把带来的干粮分着吃了，又说起去年的事。\n",
        ),
    )
    sound = (
        "那一年来了1234个人，比前一年多了56个。\n",
        "2024年5月6日，天气晴，我们出发了。\n",
    )
