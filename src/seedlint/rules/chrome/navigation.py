"""navigation: menus, breadcrumbs and tables of contents of the page."""

from seedlint.chrome.phrases import ChromeClass
from seedlint.rule import Example
from seedlint.rules.chrome._block_rule import BlockRule


class Navigation(BlockRule):
    """Menus, breadcrumbs and tables of contents of the page stand in the text.

    They name other pages or repeat the headings below. A search finds the menu
    instead of the text, and a model learns to write it. Headings that people write
    (`目录`, `上一篇写完之后`) stay.
    """

    code = "WEB001"
    chrome = ChromeClass.NAVIGATION
    what = "navigation left over from the page"
    damaged = (
        Example(
            "首页 | 新闻 | 登录 | 注册\n"
            "当前位置：首页 > 旅游 > 正文\n"
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
            "上一篇：春天的海\n"
            "下一篇：没有了\n"
            "返回顶部\n",
            repaired="秋天的山里很安静，清晨的雾还没有散去，我们沿着小路慢慢走。\n"
            "\n"
            "中午在溪边休息，大家把带来的干粮分着吃了，又说起去年的事。\n",
        ),
    )
    sound = (
        "上一篇写完之后，我一直在想第二篇怎么写。\n",
        "# 目录\n\n第一章讲的是来历，第二章讲的是做法。\n",
        "他点开首页，看见那条新闻还在。\n",
    )
