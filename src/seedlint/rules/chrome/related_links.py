"""related-links: headings and lists of other articles."""

from seedlint.chrome.phrases import ChromeClass
from seedlint.rule import Example
from seedlint.rules.chrome._block_rule import BlockRule


class RelatedLinks(BlockRule):
    """Headings and lists of other articles stand in the text.

    `相关推荐`, "You may also like" and the titles below belong to other texts; in a
    corpus they repeat under every article of the site.
    """

    code = "WEB003"
    chrome = ChromeClass.RELATED_LINKS
    what = "links to other articles"
    damaged = (
        Example(
            "秋天的山里很安静，清晨的雾还没有散去，我们沿着小路慢慢走。\n"
            "\n"
            "中午在溪边休息，大家把带来的干粮分着吃了，又说起去年的事。\n"
            "\n"
            "相关推荐\n",
            repaired="秋天的山里很安静，清晨的雾还没有散去，我们沿着小路慢慢走。\n"
            "\n"
            "中午在溪边休息，大家把带来的干粮分着吃了，又说起去年的事。\n",
        ),
        Example(
            "秋天的山里很安静，清晨的雾还没有散去，我们沿着小路慢慢走。\n"
            "\n"
            "中午在溪边休息，大家把带来的干粮分着吃了，又说起去年的事。\n"
            "\n"
            "猜你喜欢\n",
            repaired="秋天的山里很安静，清晨的雾还没有散去，我们沿着小路慢慢走。\n"
            "\n"
            "中午在溪边休息，大家把带来的干粮分着吃了，又说起去年的事。\n",
        ),
        Example(
            "秋天的山里很安静，清晨的雾还没有散去，我们沿着小路慢慢走。\n"
            "\n"
            "中午在溪边休息，大家把带来的干粮分着吃了，又说起去年的事。\n"
            "\n"
            "You may also like\n",
            repaired="秋天的山里很安静，清晨的雾还没有散去，我们沿着小路慢慢走。\n"
            "\n"
            "中午在溪边休息，大家把带来的干粮分着吃了，又说起去年的事。\n",
        ),
    )
    sound = (
        "相关推荐的书我都读过了，最喜欢的还是那一本。\n",
        "延伸阅读时，老师让我们比较两个译本。\n",
    )
