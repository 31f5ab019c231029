"""The scripts and regional standards that a text can be declared to be written in."""

from __future__ import annotations

from types import MappingProxyType

# Language tags as in BCP 47; what OpenCC calls each standard is in its configuration names.
SCRIPTS = MappingProxyType(
    {
        "zh-Hans": "Simplified Chinese",
        "zh-Hans-CN": "Simplified Chinese, mainland standard",
        "zh-Hant": "Traditional Chinese, any standard",
        "zh-Hant-TW": "Traditional Chinese, Taiwan standard",
        "zh-Hant-HK": "Traditional Chinese, Hong Kong standard",
        "zh-Hant-CN": "Traditional Chinese, OpenCC's variants as printed on the mainland",
        "ja": "Japanese",
        "ko": "Korean",
    }
)
