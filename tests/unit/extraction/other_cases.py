"""Search, thread, channel, post, shell, blocked and gone pages written for these tests."""
# ruff: noqa: E501 - pages are written as pages are

from __future__ import annotations

import json

from listing_cases import Case, page, related


def rows(pattern: str, entries: list[tuple[str, str]]) -> str:
    """One card for each (title, price shown)."""
    return "".join(pattern.format(n=n, id=88001000 + n, title=title, price=price) for n, (title, price) in enumerate(entries))


GERMAN = [
    ("Alte Brosche", "25 €"),
    ("Fächer aus Bein", "1.200 € VB"),
    ("Schachfiguren", "VB"),
    ("Klaviertasten", "99,50 €"),
    ("Armreif", "Zu verschenken"),
]
JAPANESE = [("象牙風 印鑑", "1,200円"), ("根付 亀", "12,500円"), ("帯留め べっ甲", "980円"), ("櫛", "3,000円")]
THREAD = "".join(
    f'<div id="p{9000 + n}" class="post bg{n % 2}"><div class="postprofile"><a href="./memberlist.php?mode=viewprofile&amp;u={n}" class="username">{name}</a></div>'
    f'<div class="postbody"><p class="author">by <strong>{name}</strong> » 0{n + 1} May 2025, 10:00</p><div class="content">{text}</div></div></div>'
    for n, (name, text) in enumerate(
        [
            ("turtleman", "I have two yearlings for trade, local pick-up only please."),
            ("anna", "How much are you asking for the pair of them?"),
            ("turtleman", "Make me an offer by private message, thanks."),
        ]
    )
)
CHANNEL = "".join(
    f'<div class="tgme_widget_message_wrap"><div class="tgme_widget_message" data-post="parrots/{n}"><div class="tgme_widget_message_author"><a class="owner_name" href="https://t.example/parrots">Parrots Market</a></div>'
    f'<div class="message_text">Fresh arrival number {n}: hand-fed and very tame, write to @seller</div><time datetime="2025-05-0{n}T10:00:00+00:00">10:00</time></div></div>'
    for n in range(1, 6)
)
STATE_ITEMS = [
    {
        "id": 555000 + n,
        "title": f"Ring {n}",
        "price": {"amount": str(10 * n), "currency": "GBP"},
        "url": f"/items/{555000 + n}-ring",
        "user": {"login": f"seller{n}"},
    }
    for n in range(1, 9)
]
ITEM_LIST = {
    "@context": "https://schema.org",
    "@type": "ItemList",
    "itemListElement": [
        {
            "@type": "ListItem",
            "position": n,
            "item": {
                "@type": "Product",
                "name": f"Lot {n}",
                "url": f"https://www.bids.example/lot/{4400 + n}",
                "offers": {"@type": "Offer", "price": 100 * n, "priceCurrency": "EUR"},
            },
        }
        for n in range(1, 5)
    ],
}

OTHERS: list[Case] = [
    Case(
        name="german_search_with_variant_cards_and_next",
        url="https://www.kleinmarkt.example/s-elfenbein/k0?keywords=bein",
        html=page(
            "<title>bein kaufen | Kleinmarkt</title>",
            "<main><h1>1 - 25 von 5 Ergebnissen für „bein“</h1><ul id='results'>"
            + rows(
                '<li class="ad-listitem lazyload-item"><article class="aditem" data-adid="{id}"><div class="aditem-image"><a href="/s-anzeige/x/{id}-234-1"><img alt="{title} Bild"></a></div><div class="aditem-main"><div class="aditem-main--top--left">10115 Mitte</div><h2><a class="ellipsis" href="/s-anzeige/x/{id}-234-1">{title}</a></h2><p class="aditem-main--description">gut erhalten</p><p class="aditem-main--price">{price}</p></div></article></li>',
                GERMAN,
            )
            + "</ul><div class='pagination'><span class='pagination-current'>1</span><a href='/s-seite:2/bein/k0'>2</a><a class='pagination-next' title='Nächste' href='/s-seite:2/bein/k0'>›</a></div></main>",
            "de",
        ),
        kind="search",
        expected={"title": "bein kaufen"},
        items=(
            ("Alte Brosche", "25", "EUR"),
            ("Fächer aus Bein", "1200", "EUR"),
            ("Schachfiguren", None, None),
            ("Klaviertasten", "99.50", "EUR"),
            ("Armreif", "0", None),
        ),
        next_page="https://www.kleinmarkt.example/s-seite:2/bein/k0",
    ),
    Case(
        name="japanese_search_anchor_cards",
        url="https://auctions.example/search/search?p=%E6%A0%B9%E4%BB%98",
        html=page(
            "<title>「根付」の検索結果 - オークション広場</title>",
            "<div class='Products'><ul class='Products__items'>"
            + rows(
                '<li class="Product"><a class="Product__imageLink" href="https://page.auctions.example/auction/k{id}"><img alt="{title}"></a><h3 class="Product__title"><a class="Product__titleLink" href="https://page.auctions.example/auction/k{id}">{title}</a></h3><span class="Product__label">現在</span><span class="Product__priceValue">{price}</span><span class="Product__postage">送料 500円</span></li>',
                JAPANESE,
            )
            + "</ul></div><a class='Pager__link' href='?p=%E6%A0%B9%E4%BB%98&b=51'>次へ</a>",
            "ja",
        ),
        kind="search",
        expected={},
        items=tuple((title, price.replace(",", "").replace("円", ""), "JPY") for title, price in JAPANESE),
        next_page="https://auctions.example/search/search?p=%E6%A0%B9%E4%BB%98&b=51",
    ),
    Case(
        name="grid_of_links_with_old_price_first_and_rows",
        url="https://shop.example/search?q=anillo",
        html=page(
            '<title>anillo - Tienda</title><meta property="og:site_name" content="Tienda">',
            "<main>"
            + "".join(
                "<div class='row'>"
                + "".join(
                    f"<a class='card' href='/p/anillo-{k}{j}?sku=70{k}{j}1'><img alt=''><div class='card-name'>Anillo {k}{j}</div><s>$1,{k}{j}9.00</s><div class='now'><span>$</span><span>{k}{j}3</span><sup>27</sup></div><span>58% OFF</span><small>12 x $30.00</small></a>"
                    for j in range(3)
                )
                + "</div>"
                for k in range(1, 4)
            )
            + "</main>",
            "es-MX",
        ),
        kind="search",
        expected={"title": "anillo"},
        items=tuple((f"Anillo {k}{j}", f"{k}{j}3.27", "MXN") for k in range(1, 4) for j in range(3)),
    ),
    Case(
        name="search_drawn_from_state",
        url="https://www.clothes.example/catalog?search_text=ring",
        html=page(
            "<title>ring | Clothes</title>",
            f'<div id="root"></div><script type="application/json" data-component="catalog">{json.dumps({"catalog": {"items": STATE_ITEMS}})}</script>',
            "en-GB",
        ),
        kind="search",
        expected={"title": "ring"},
        items=tuple((f"Ring {n}", str(10 * n), "GBP") for n in range(1, 9)),
    ),
    Case(
        name="search_from_item_list",
        url="https://www.bids.example/recherche?q=lot",
        html=page(
            f'<title>Recherche lot | Bids</title><script type="application/ld+json">{json.dumps(ITEM_LIST)}</script>',
            "<div id='app'></div>",
            "fr",
        ),
        kind="search",
        expected={},
        items=tuple((f"Lot {n}", str(100 * n), "EUR") for n in range(1, 5)),
    ),
    Case(
        name="placeholder_cards_are_no_items",
        url="https://www.bigauction.example/sch/i.html?_nkw=tusk",
        html=page(
            "<title>tusk for sale | BigAuction</title>",
            "<h1>3 results for tusk</h1><ul class='results'>"
            + rows(
                '<li class="s-item"><a class="s-item__link" href="https://www.bigauction.example/itm/123456?x={n}"><div class="s-item__title"><span role="heading">{title}</span></div></a><span class="s-item__price">{price}</span></li>',
                [("Shop on BigAuction", "$20.00"), ("Shop on BigAuction", "$20.00")],
            )
            + rows(
                '<li class="s-item"><a class="s-item__link" href="https://www.bigauction.example/itm/1844{id}?hash=1"><div class="s-item__title"><span role="heading">{title}</span></div><span class="clipped">Opens in a new window</span></a><span class="s-item__price">{price}</span><span class="s-item__shipping">+$4.50 delivery</span><span class="s-item__location">Located in Germany</span></li>',
                [("Tusk one", "$77.77"), ("Tusk two", "$69.00 to $99.00"), ("Tusk three", "$1,044.99")],
            )
            + "</ul>",
        ),
        kind="search",
        expected={"title": "tusk for sale"},
        items=(("Tusk one", "77.77", "USD"), ("Tusk two", "69.00", "USD"), ("Tusk three", "1044.99", "USD")),
    ),
    Case(
        name="table_rows_classifieds",
        url="https://www.bazar.example/inzeraty/?hledat=papousek",
        html=page(
            "<title>Papoušek - bazar, inzeráty</title>",
            "<table class='list'>"
            + rows(
                '<tr class="inzerat"><td><a href="/inzerat/{id}/x.php">{title}</a></td><td>Brno 602 00</td><td class="cena">{price}</td></tr>',
                [("Papoušek žako", "15 000 Kč"), ("Klec", "900 Kč"), ("Ara", "Dohodou"), ("Andulka", "150 Kč")],
            )
            + "</table>",
            "cs",
        ),
        kind="search",
        expected={},
        items=(("Papoušek žako", "15000", "CZK"), ("Klec", "900", "CZK"), ("Ara", None, None), ("Andulka", "150", "CZK")),
    ),
    Case(
        name="forum_thread",
        url="https://forum.turtles.example/viewtopic.php?f=3&t=12345",
        html=page(
            "<title>Two yearlings for trade - Turtles Forum</title>",
            f"<h2 class='topic-title'><a href='./viewtopic.php?t=12345'>Two yearlings for trade</a></h2>{THREAD}",
        ),
        kind="thread",
        expected={"title": "Two yearlings for trade", "seller": "turtleman"},
    ),
    Case(
        name="channel_preview",
        url="https://telegraph.example/s/parrots",
        html=page(
            '<title>Parrots Market – Telegraph</title><meta property="og:title" content="Parrots Market"><meta property="og:site_name" content="Telegraph">',
            CHANNEL,
        ),
        kind="channel",
        expected={"title": "Parrots Market"},
    ),
    Case(
        name="video_post",
        url="https://video.example/watch?v=AbC123xyz00",
        html=page(
            '<title>Feeding my snake - Vids</title><meta property="og:site_name" content="Vids"><script type="application/ld+json">{"@type":"VideoObject","name":"Feeding my snake","description":"My snake eats.","uploadDate":"2025-05-01T00:00:00Z","author":{"@type":"Person","name":"SnakeFan"}}</script>',
            "<h1>Feeding my snake</h1><p>1,234 views</p>",
        ),
        kind="post",
        expected={"title": "Feeding my snake", "seller": "SnakeFan"},
    ),
    Case(
        name="empty_shell",
        url="https://www.app.example/search?keyword=ivory",
        html='<!doctype html><html><head><title>App</title></head><body><noscript>You need to enable JavaScript to run this app.</noscript><div id="root"></div><script src="/main.js"></script><script>window.__CONFIG__={"api":"/v1"}</script></body></html>',
        kind="shell",
        expected={},
    ),
    Case(
        name="nothing_found_is_a_search",
        url="https://www.kleinmarkt.example/suche?q=xyzzy",
        html=page(
            "<title>xyzzy | Kleinmarkt</title>",
            "<h1>Suche: xyzzy</h1><p>Es wurden keine Ergebnisse gefunden.</p><script>var a = 1;</script>",
            "de",
        ),
        kind="search",
        expected={},
    ),
    Case(
        name="challenge",
        url="https://www.market.example/item/1234567",
        html='<html><head><title>Just a moment...</title></head><body><h1>Checking your browser before accessing</h1><script src="/cdn-cgi/challenge-platform/h/b/orchestrate"></script></body></html>',
        kind="blocked",
        expected={},
    ),
    Case(
        name="login_wall",
        url="https://social.example/groups/parrots",
        html=page(
            "<title>Log into Social</title>", "<h2>You must log in to continue.</h2><form><input name=email><button>Log In</button></form>"
        ),
        kind="blocked",
        expected={},
    ),
    Case(
        name="removed_russian",
        url="https://www.obyava.example/moskva/statuetka_3124567890",
        html=page(
            "<title>Статуэтка - Объявления</title>", "<h1>Объявление снято с публикации</h1>" + related("Похожие", ["100 ₽", "200 ₽"]), "ru"
        ),
        kind="gone",
        expected={},
    ),
    Case(
        name="removed_german",
        url="https://www.kleinmarkt.example/s-anzeige/x/2748392011",
        html=page("<title>Anzeige nicht mehr verfügbar</title>", "<h1>Die gewünschte Anzeige ist nicht mehr verfügbar.</h1>", "de"),
        kind="gone",
        expected={},
    ),
]
