"""legal-notice: copyright, liability, registration numbers."""

from seedlint.chrome.phrases import ChromeClass
from seedlint.rule import Example, Severity
from seedlint.rules.chrome._block_rule import BlockRule


class LegalNotice(BlockRule):
    """Copyright and liability notices and registration numbers of the page stand in the text.

    They repeat under every article of a site. Since they may bind whoever passes the
    text on, they are removed by unsafe fixes only. A heading `版权声明` over a text
    about copyright stays.
    """

    code = "WEB006"
    severity = Severity.INFO
    chrome = ChromeClass.LEGAL_NOTICE
    what = "legal notice of the page, left unless unsafe fixes are asked for"
    damaged = (
        Example(
            "秋天的山里很安静，清晨的雾还没有散去，我们沿着小路慢慢走。\n"
            "\n"
            "中午在溪边休息，大家把带来的干粮分着吃了，又说起去年的事。\n"
            "\n"
            "版权所有 未经授权不得转载\n"
            "京ICP备12345678号\n",
            suggested="秋天的山里很安静，清晨的雾还没有散去，我们沿着小路慢慢走。\n"
            "\n"
            "中午在溪边休息，大家把带来的干粮分着吃了，又说起去年的事。\n",
        ),
        Example(
            "秋天的山里很安静，清晨的雾还没有散去，我们沿着小路慢慢走。\n"
            "\n"
            "中午在溪边休息，大家把带来的干粮分着吃了，又说起去年的事。\n"
            "\n"
            "© 2024 Example Media. All rights reserved.\n",
            suggested="秋天的山里很安静，清晨的雾还没有散去，我们沿着小路慢慢走。\n"
            "\n"
            "中午在溪边休息，大家把带来的干粮分着吃了，又说起去年的事。\n",
        ),
    )
    sound = (
        "# 版权声明\n\n本章讨论版权声明的写法，以及它在各国的效力。\n",
        "他在合同里写明，未经许可不得转载，对方也同意了。\n",
    )
