"""More habits of markup, written for these tests: state of many frameworks, old tables, forums and social pages."""
# ruff: noqa: E501 - pages are written as pages are

from __future__ import annotations

import json
from urllib.parse import quote

from listing_cases import Case, page, related

FACEBOOK = {
    "require": [
        [
            "S",
            "h",
            None,
            [
                {
                    "__bbox": {
                        "result": {
                            "data": {
                                "viewer": {
                                    "marketplace_product_details_page": {
                                        "target": {
                                            "id": "998877665544",
                                            "marketplace_listing_title": "Turtle shell guitar",
                                            "listing_price": {"amount": "50.00", "currency": "USD"},
                                            "location_text": {"text": "Seattle, WA"},
                                            "redacted_description": {"text": "Old guitar"},
                                            "marketplace_listing_seller": {"name": "Pat Doe", "id": "1"},
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            ],
        ]
    ]
}
SHOPIFY = 'var meta = {"product":{"id":777,"gid":"gid:\\/\\/x\\/Product\\/777","vendor":"Bone Works","type":"Knife","title":"Bone knife","variants":[{"id":1,"price":19900,"name":"Bone knife"}],"price":19900}};'
CAROUSELL = {
    "Listing": {
        "listingCard": {
            "id": 1234567890,
            "title": "Snake skin bag",
            "price": "S$120",
            "currencySymbol": "S$",
            "description": "Real skin, hardly used bag",
            "seller": {"username": "bagqueen"},
            "location": {"name": "Tampines"},
        }
    }
}
AVITO = quote(
    json.dumps(
        {
            "buyerItem": {
                "item": {
                    "id": 3124567890,
                    "title": "Чучело совы",
                    "price": 7500,
                    "currency": "RUB",
                    "description": "Чучело в хорошем состоянии, самовывоз.",
                    "seller": {"name": "Иван"},
                    "geo": {"city": "Казань"},
                }
            }
        }
    )
)
ANGULAR = (
    json.dumps(
        {
            "NGRX": {
                "listing": {
                    "entities": {
                        "5": {
                            "item": {
                                "listingId": 5012345678,
                                "title": "Carved tooth",
                                "buyNowPrice": 85.5,
                                "currency": "NZD",
                                "member": {"nickname": "kiwi_carver"},
                                "region": "Otago",
                                "suburb": "Dunedin",
                            }
                        }
                    }
                }
            }
        }
    )
    .replace("&", "&a;")
    .replace('"', "&q;")
)
XENFORO2 = "".join(
    f'<article class="message message--post" data-author="{who}" id="js-post-{n}"><div class="message-user"><h4 class="message-name"><a href="/members/{who}.{n}/" class="username">{who}</a></h4></div><time class="u-dt" datetime="2025-05-0{n}T08:00:00+0200">x</time><div class="message-body"><div class="bbWrapper">{"This is a long enough message about geckos and their prices. " * 3}</div></div></article>'
    for n, who in enumerate(("geckoguy", "newbie", "geckoguy"), start=1)
)
VBULLETIN = "".join(
    f'<table id="post{n}" class="tborder"><tr><td class="thead">0{n}-05-2025, 10:00 AM</td></tr><tr><td class="alt2"><a class="bigusername" href="member.php?u={n}">{who}</a></td><td class="alt1" id="td_post_{n}"><div id="post_message_{n}">{"Selling a carved piece, 300 dollars, message me for pictures. " * 2}</div></td></tr></table>'
    for n, who in enumerate(("oldtimer", "collector"), start=1)
)

MORE: list[Case] = [
    Case(
        name="social_marketplace_state",
        url="https://social.example/marketplace/item/998877665544/",
        html=page(
            f'<title>Turtle shell guitar - Marketplace</title><meta property="og:title" content="Turtle shell guitar"><script type="application/json" data-sjs>{json.dumps(FACEBOOK)}</script>',
            "<div role=main><h1><span>Turtle shell guitar</span></h1></div>",
        ),
        expected={
            "title": "Turtle shell guitar",
            "price": "50",
            "currency": "USD",
            "seller": "Pat Doe",
            "location": "Seattle, WA",
            "native_id": "998877665544",
        },
    ),
    Case(
        name="shop_with_cents_in_its_state",
        url="https://bonework.example/products/bone-knife",
        html=page(
            f'<title>Bone knife – Bone Works</title><meta property="og:title" content="Bone knife"><meta property="og:site_name" content="Bone Works"><meta property="og:type" content="product"><meta property="og:price:amount" content="199.00"><meta property="og:price:currency" content="AUD"><script>{SHOPIFY}</script>',
            "<h1>Bone knife</h1><span class='price-item'>$199.00 AUD</span><button>Add to cart</button>",
        ),
        expected={"title": "Bone knife", "price": "199", "currency": "AUD"},
    ),
    Case(
        name="state_with_currency_symbol",
        url="https://www.karu.example/p/snake-skin-bag-1234567890/",
        html=page(
            f"<title>Snake skin bag, Women's Fashion on Karu</title><script>window.initialState={json.dumps(CAROUSELL)}</script>",
            "<h1>Snake skin bag</h1>",
            "en-SG",
        ),
        expected={"title": "Snake skin bag", "price": "120", "currency": "SGD", "seller": "bagqueen", "location": "Tampines"},
    ),
    Case(
        name="state_percent_encoded",
        url="https://www.obyava.example/kazan/chuchelo_3124567890",
        html=page(
            f'<title>Чучело совы в Казани | Обьява</title><script>window.__initialData__ = "{AVITO}";</script>',
            "<h1>Чучело совы</h1>",
            "ru",
        ),
        expected={"title": "Чучело совы", "price": "7500", "currency": "RUB", "seller": "Иван", "location": "Казань"},
    ),
    Case(
        name="angular_transfer_state",
        url="https://www.trade.example/a/marketplace/art/listing/5012345678",
        html=page(
            f'<title>Carved tooth | Trade</title><script id="app-state" type="application/json">{ANGULAR}</script>',
            "<h1>Carved tooth</h1>",
            "en-NZ",
        ),
        expected={"title": "Carved tooth", "price": "85.50", "currency": "NZD", "seller": "kiwi_carver", "location": "Dunedin, Otago"},
    ),
    Case(
        name="old_shop_with_labels_in_a_table",
        url="https://www.oldshop.example/prod.asp?id=4711",
        html=page(
            "<title>Whalebone print - Old Shop</title>",
            """<table><tr><td><b>Whalebone print</b></td></tr><tr><td>List Price:</td><td><strike>$49.99</strike></td></tr><tr><td>Our Price:</td><td><font color=red><b>$39.99</b></font></td></tr><tr><td>You Save:</td><td>$10.00 (20%)</td></tr></table><h1>Whalebone print</h1><a href="cart.asp">Add to Cart</a>""",
        ),
        expected={"title": "Whalebone print", "price": "39.99", "currency": "USD"},
    ),
    Case(
        name="split_dollars_and_was_now",
        url="https://www.bigstore.example/ip/Jewelry-box/123456789",
        html=page(
            '<title>Jewelry box - BigStore</title><meta property="og:type" content="product">',
            """<h1 class="prod-title">Jewelry box</h1><div class="price-block"><span class="was-price">Was $59.99</span><span class="price"><span class="price-symbol">$</span><span class="price-main">44</span><sup>95</sup></span></div><div class="shipping">Free shipping on orders over $35.00</div><button>Add to cart</button>"""
            + related("Customers also viewed", ["$10.00", "$12.00", "$13.00"]),
        ),
        expected={"title": "Jewelry box", "price": "44.95", "currency": "USD"},
    ),
    Case(
        name="italian_estimate_is_not_the_bid",
        url="https://www.aste.example/it/lotto/55443322-netsuke",
        html=page(
            "<title>Netsuke in osso | Aste</title>",
            """<h1>Netsuke in osso</h1><div>Stima € 300 - € 400</div><div>Offerta attuale</div><div>€ 120</div><div>Venditore:</div><div><a href="/u/antichita-rossi">antichita-rossi</a></div>""",
            "it",
        ),
        expected={"title": "Netsuke in osso", "price": "120", "currency": "EUR", "seller": "antichita-rossi"},
    ),
    Case(
        name="hungarian_label_list",
        url="https://www.apro.example/hirdetes/regi-legyezo-556677",
        html=page(
            "<title>Régi legyező - Apró</title>",
            """<h1>Régi legyező</h1><ul><li><strong>Ár:</strong> 12 500 Ft</li><li><strong>Település:</strong> Budapest</li><li><strong>Eladó:</strong> Kovács Béla</li></ul>""",
            "hu",
        ),
        expected={"title": "Régi legyező", "price": "12500", "currency": "HUF", "seller": "Kovács Béla", "location": "Budapest"},
    ),
    Case(
        name="indonesian_multiplier_in_text",
        url="https://www.jualan.example/item/burung-murai-iid-887766",
        html=page(
            "<title>Burung murai batu - Jualan</title>",
            """<h1>Burung murai batu</h1><span class="harga">Rp 1,5jt nego</span><p>Lokasi: Bandung</p><p>Penjual: Pak Dedi</p>""",
            "id",
        ),
        expected={"title": "Burung murai batu", "price": "1500000", "currency": "IDR", "seller": "Pak Dedi", "location": "Bandung"},
    ),
    Case(
        name="rdfa_lite_product",
        url="https://www.rdfa.example/product/9988776",
        html=page(
            "<title>Ostrich wallet</title>",
            """<div vocab="https://schema.org/" typeof="Product"><h1 property="name">Ostrich wallet</h1><div property="offers" typeof="Offer"><span property="priceCurrency" content="ZAR">R</span><span property="price" content="450.00">450.00</span><div property="seller" typeof="Organization"><span property="name">Karoo Leather</span></div></div></div>""",
            "en-ZA",
        ),
        expected={"title": "Ostrich wallet", "price": "450", "currency": "ZAR", "seller": "Karoo Leather"},
    ),
    Case(
        name="xenforo_2_thread",
        url="https://geckos.example/threads/for-sale-leopard-geckos.4455/",
        html=page(
            '<title>For sale - Leopard geckos | Gecko Forum</title><meta property="og:title" content="For sale - Leopard geckos"><meta property="og:site_name" content="Gecko Forum">',
            f'<h1 class="p-title-value">For sale - Leopard geckos</h1>{XENFORO2}',
        ),
        kind="thread",
        expected={"title": "For sale - Leopard geckos", "seller": "geckoguy"},
    ),
    Case(
        name="vbulletin_thread",
        url="https://www.carvers.example/forums/showthread.php?t=77665",
        html=page(
            "<title>FS: carved piece - Carvers Forum</title><meta name=generator content='vBulletin 3.8'>",
            f"<td class='navbar'><strong>FS: carved piece</strong></td>{VBULLETIN}",
        ),
        kind="thread",
        expected={"seller": "oldtimer"},
    ),
    Case(
        name="single_channel_post",
        url="https://telegraph.example/parrots/123",
        html=page(
            '<title>Telegraph: Parrots Market</title><meta property="og:title" content="Parrots Market"><meta property="og:type" content="article"><meta property="og:description" content="Macaw, hand fed, 900 USD">',
            "<div class='page_wrap'>Macaw, hand fed, 900 USD</div>",
        ),
        kind="post",
        expected={"title": "Parrots Market"},
    ),
    Case(
        name="profile_is_a_channel",
        url="https://pics.example/reptile_dealer/",
        html=page(
            '<title>Reptile Dealer (@reptile_dealer) • Pics photos and videos</title><meta property="og:type" content="profile"><meta property="og:title" content="Reptile Dealer (@reptile_dealer) • Pics photos and videos"><meta property="og:description" content="12K Followers, 100 Following, 200 Posts">',
            "<div id=react-root></div>",
        ),
        kind="channel",
        expected={},
    ),
    Case(
        name="search_with_offscreen_prices",
        url="https://www.bigstore.example/s?k=box",
        html=page(
            "<title>BigStore : box</title>",
            "<div class='s-main'>"
            + "".join(
                f'<div data-component-type="s-search-result" class="s-result-item s-asin" data-asin="B0{n}ABCDEF{n}"><h2><a class="a-link-normal" href="/Box-{n}/dp/B0{n}ABCDEF{n}/ref=sr_1_{n}"><span>Box number {n}</span></a></h2><span class="a-price"><span class="a-offscreen">$1{n}.99</span><span aria-hidden="true"><span class="a-price-symbol">$</span><span class="a-price-whole">1{n}<span class="a-price-decimal">.</span></span><span class="a-price-fraction">99</span></span></span><span class="a-price a-text-price" data-a-strike="true"><span class="a-offscreen">$29.99</span></span></div>'
                for n in range(1, 6)
            )
            + "</div>",
        ),
        kind="search",
        expected={},
        items=tuple((f"Box number {n}", f"1{n}.99", "USD") for n in range(1, 6)),
    ),
    Case(
        name="search_static_list_items",
        url="https://city.lists.example/search/sss?query=horn",
        html=page(
            '<title>for sale "horn" - lists</title>',
            "<ol class='cl-static-search-results'>"
            + "".join(
                f'<li class="cl-static-search-result" title="Horn {n}"><a href="https://city.lists.example/d/horn-{n}/77{n}1234567.html"><div class="title">Horn {n}</div><div class="details"><div class="price">$1{n}0</div><div class="location">Old Town</div></div></a></li>'
                for n in range(1, 6)
            )
            + "</ol>",
        ),
        kind="search",
        expected={},
        items=tuple((f"Horn {n}", f"1{n}0", "USD") for n in range(1, 6)),
    ),
    Case(
        name="polish_search_date_behind_place",
        url="https://www.ogloszenia.example/oferty/q-torebka/",
        html=page(
            "<title>Torebka - Ogłoszenia</title>",
            "<div data-testid='listing-grid'>"
            + "".join(
                f'<div data-cy="l-card" id="98{n}123"><a href="/d/oferta/torebka-{n}-ID1{n}aB.html"><h4>Torebka {n}</h4></a><p data-testid="ad-price">{n}50 zł<span>do negocjacji</span></p><p data-testid="location-date">Warszawa, Wola - Odświeżono dnia 02 maja 2025</p></div>'
                for n in range(1, 5)
            )
            + "</div>",
            "pl",
        ),
        kind="search",
        expected={},
        items=tuple((f"Torebka {n}", f"{n}50", "PLN") for n in range(1, 5)),
    ),
    Case(
        name="woocommerce_category",
        url="https://reptileshop.example/product-category/snakes/",
        html=page(
            '<title>Snakes Archives - Reptile Shop</title><meta property="og:site_name" content="Reptile Shop">',
            "<h1>Snakes</h1><ul class='products columns-4'>"
            + "".join(
                f'<li class="post-{n}44 product type-product {"first" if n % 4 == 1 else ""}"><a href="https://reptileshop.example/product/snake-{n}/" class="woocommerce-LoopProduct-link"><img alt="s"><h2 class="woocommerce-loop-product__title">Snake {n}</h2><span class="price"><del><span class="amount"><bdi>&pound;9{n}.00</bdi></span></del> <ins><span class="amount"><bdi>&pound;5{n}.00</bdi></span></ins></span></a><a href="?add-to-cart={n}44" class="button">Add to basket</a></li>'
                for n in range(1, 7)
            )
            + "</ul><nav class='woocommerce-pagination'><ul class='page-numbers'><li><span class='page-numbers current'>1</span></li><li><a class='page-numbers' href='/product-category/snakes/page/2/'>2</a></li><li><a class='next page-numbers' href='/product-category/snakes/page/2/'>→</a></li></ul></nav>",
            "en-GB",
        ),
        kind="search",
        expected={},
        items=tuple((f"Snake {n}", f"5{n}", "GBP") for n in range(1, 7)),
        next_page="https://reptileshop.example/product-category/snakes/page/2/",
    ),
    Case(
        name="russian_search_data_markers",
        url="https://www.obyava.example/moskva?q=%D1%81%D0%BE%D0%B2%D0%B0",
        html=page(
            "<title>Сова - купить в Москве | Обьява</title>",
            "<div data-marker='catalog-serp'>"
            + "".join(
                f'<div data-marker="item" data-item-id="31{n}4567890" itemscope itemtype="http://schema.org/Product"><a itemprop="url" data-marker="item-title" href="/moskva/sova_31{n}4567890" title="Сова {n}"><h3 itemprop="name">Сова {n}</h3></a><p data-marker="item-price" itemprop="offers" itemscope itemtype="http://schema.org/Offer"><meta itemprop="priceCurrency" content="RUB"><meta itemprop="price" content="{n}500"><strong><span>{n}&nbsp;500&nbsp;₽</span></strong></p><div class="geo-root"><span>р-н Арбат</span></div><div data-marker="item-date">2 часа назад</div></div>'
                for n in range(1, 6)
            )
            + "</div>",
            "ru",
        ),
        kind="search",
        expected={},
        items=tuple((f"Сова {n}", f"{n}500", "RUB") for n in range(1, 6)),
    ),
    Case(
        name="vietnamese_next_search",
        url="https://www.chomua.example/mua-ban-chim?q=ch%C3%A0o",
        html=page(
            "<title>chào - Chợ Mua</title>",
            '<div id="__next"><div class="loading"></div></div><script id="__NEXT_DATA__" type="application/json">'
            + json.dumps(
                {
                    "props": {
                        "initialState": {
                            "adlisting": {
                                "data": {
                                    "ads": [
                                        {
                                            "list_id": 1155667700 + n,
                                            "subject": f"Chim {n}",
                                            "price": n * 100000,
                                            "price_string": f"{n}00.000 đ",
                                            "area_name": "Quận 7",
                                            "account_name": f"Anh {n}",
                                        }
                                        for n in range(1, 6)
                                    ]
                                }
                            }
                        }
                    }
                }
            )
            + "</script>",
            "vi",
        ),
        kind="search",
        expected={},
        items=tuple((f"Chim {n}", f"{n}00000", None) for n in range(1, 6)),
    ),
]
