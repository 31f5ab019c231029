"""call-to-action: share bars, QR codes, app banners, "read more"."""

from seedlint.chrome.phrases import ChromeClass
from seedlint.rule import Example
from seedlint.rules.chrome._block_rule import BlockRule


class CallToAction(BlockRule):
    """Buttons and appeals of the page stand in the text.

    "Scan to join", "share to", "open in the app": they asked the reader of the page
    to click, and nobody who reads the text can.
    """

    code = "WEB002"
    chrome = ChromeClass.CALL_TO_ACTION
    what = "call to action left over from the page"
    damaged = (
        Example(
            "加入交流群\n"
            "扫码加入\n"
            "参与讨论\n"
            "\n"
            "秋天的山里很安静，清晨的雾还没有散去，我们沿着小路慢慢走。\n"
            "\n"
            "中午在溪边休息，大家把带来的干粮分着吃了，又说起去年的事。\n",
            repaired="秋天的山里很安静，清晨的雾还没有散去，我们沿着小路慢慢走。\n"
            "\n"
            "中午在溪边休息，大家把带来的干粮分着吃了，又说起去年的事。\n",
        ),
        Example(
            "秋天的山里很安静，清晨的雾还没有散去，我们沿着小路慢慢走。\n"
            "\n"
            "中午在溪边休息，大家把带来的干粮分着吃了，又说起去年的事。\n"
            "\n"
            "分享到：微信 微博 朋友圈\n",
            repaired="秋天的山里很安静，清晨的雾还没有散去，我们沿着小路慢慢走。\n"
            "\n"
            "中午在溪边休息，大家把带来的干粮分着吃了，又说起去年的事。\n",
        ),
        Example(
            "秋天的山里很安静，清晨的雾还没有散去，我们沿着小路慢慢走。\n"
            "\n"
            "中午在溪边休息，大家把带来的干粮分着吃了，又说起去年的事。\n"
            "\n"
            "Share on Facebook\n"
            "Leave a comment\n"
            "Subscribe to our newsletter\n",
            repaired="秋天的山里很安静，清晨的雾还没有散去，我们沿着小路慢慢走。\n"
            "\n"
            "中午在溪边休息，大家把带来的干粮分着吃了，又说起去年的事。\n",
        ),
    )
    sound = (
        "扫码进去以后，我们在大厅等了一个小时。\n",
        "她说，点赞的人很多，真心的没有几个。\n",
        "Please leave a comment when you have read the chapter, said the teacher.\n",
    )
