"""Pages at the edges between kinds, and old or careless markup, written for these tests."""
# ruff: noqa: E501 - pages are written as pages are

from __future__ import annotations

import json

from listing_cases import Case, page, related

PRODUCTS = [
    {
        "@type": "Product",
        "name": name,
        "url": f"https://gems.example/p/{n}",
        "offers": {"@type": "Offer", "price": n * 10, "priceCurrency": "USD"},
    }
    for n, name in enumerate(("Ring", "Ring with ruby", "Silver band", "Gold band", "Bead ring", "Coral ring"), start=1)
]
REVIEWS = "".join(
    f'<div class="comment"><span class="author">{who}</span><div class="comment-body">{"Very good parcel and fast delivery, thank you seller. " * 2}</div></div>'
    for who in ("anna", "ben", "cleo")
)
SMF = "".join(
    f'<div class="windowbg"><div class="post_wrapper"><div class="poster"><h4><a href="https://smf.example/index.php?action=profile;u={n}">{who}</a></h4></div><div class="postarea"><div class="keyinfo">Reply #{n} on: May 0{n}, 2025</div><div class="inner">{"I can send pictures of the shells to anybody who asks. " * 2}</div></div></div></div>'
    for n, who in enumerate(("shellman", "diver"), start=1)
)
DISCUZ = "".join(
    f'<div id="post_{n}"><table class="plhin"><tr><td class="pls"><div class="authi"><a href="space-uid-{n}.html">{who}</a></div></td><td class="plc"><em>发表于 2025-5-{n} 10:00</em><div class="t_f" id="postmessage_{n}">{"出一批自己雕刻的小摆件,有兴趣的朋友可以私信联系我,价格好商量。" * 2}</div></td></tr></table></div>'
    for n, who in enumerate(("木雕老王", "新手"), start=1)
)

EDGES: list[Case] = [
    Case(
        name="brand_name_beside_the_name",
        url="https://www.sports.example/product/shoe-12345678",
        html=page(
            "<title>Runner 500 shoe | Sports</title>",
            """<div itemscope itemtype="http://schema.org/Product"><span itemprop="brand"><span itemprop="name">Acme</span></span><h1 itemprop="name">Runner 500 shoe</h1><div itemprop="offers" itemscope itemtype="http://schema.org/Offer"><meta itemprop="priceCurrency" content="USD"><span itemprop="price">$59.99</span></div></div>""",
        ),
        expected={"title": "Runner 500 shoe", "price": "59.99", "currency": "USD"},
    ),
    Case(
        name="category_whose_heading_is_like_a_product",
        url="https://gems.example/category/rings",
        html=page(
            f'<title>Rings | Gems</title><script type="application/ld+json">{json.dumps(PRODUCTS)}</script>',
            "<h1>Rings</h1><div class='grid'>"
            + "".join(
                f"<div class='tile'><a href='{p['url']}'><span class='tile-name'>{p['name']}</span></a><span class='tile-price'>${p['offers']['price']}.00</span></div>"
                for p in PRODUCTS
            )
            + "</div>",
        ),
        kind="search",
        expected={"title": "Rings"},
        items=tuple((p["name"], str(p["offers"]["price"]), "USD") for p in PRODUCTS),
    ),
    Case(
        name="reviews_do_not_make_a_thread",
        url="https://www.shop.example/item/556677",
        html=page(
            "<title>Horn comb | Shop</title>",
            f"<h1>Horn comb</h1><span class='price'>£12.00</span><button>Add to basket</button><section class='reviews'>{REVIEWS}</section>",
            "en-GB",
        ),
        expected={"title": "Horn comb", "price": "12", "currency": "GBP"},
    ),
    Case(
        name="simple_machines_thread",
        url="https://smf.example/index.php?topic=881.0",
        html=page("<title>Shells for sale</title>", f"<h3 class='catbg'>Topic: Shells for sale</h3>{SMF}"),
        kind="thread",
        expected={"title": "Shells for sale", "seller": "shellman"},
    ),
    Case(
        name="chinese_board_thread",
        url="https://bbs.example/thread-4455-1-1.html",
        html=page(
            "<title>出一批小摆件 - 木雕论坛</title>", f"<h1 class='ts'><span id='thread_subject'>出一批小摆件</span></h1>{DISCUZ}", "zh"
        ),
        kind="thread",
        expected={"title": "出一批小摆件", "seller": "木雕老王"},
    ),
    Case(
        name="sold_listing_is_a_listing",
        url="https://www.trade.example/listing/99887766",
        html=page(
            """<title>Old box | Trade</title><script type="application/ld+json">{"@type":"Product","name":"Old box","offers":{"@type":"Offer","price":"20","priceCurrency":"USD","availability":"https://schema.org/SoldOut"}}</script>""",
            "<h1>Old box</h1><p>This item has been sold</p><span class=price>$20.00</span>",
        ),
        expected={"title": "Old box", "price": "20", "availability": "sold"},
    ),
    Case(
        name="small_listing_with_a_captcha_for_replies",
        url="https://city.lists.example/d/box/7712345678.html",
        html=page(
            "<title>Small box - antiques</title>",
            "<h1><span id='titletextonly'>Small box</span> - <span class='price'>$15</span><small> (Riverside)</small></h1><button>reply</button><section id='postingbody'>A small box of bone.</section><script>var g = 'g-recaptcha';</script>",
        ),
        expected={"title": "Small box", "price": "15", "currency": "USD", "location": "Riverside"},
    ),
    Case(
        name="listing_without_heading_and_with_label_in_text",
        url="http://www.oldads.example/view.php?id=4711",
        html="<html><head><title>Coral necklace</title></head><body bgcolor=white><center><font size=5><b>Coral necklace</b></font><br><table><tr><td>Price: $50.00</td></tr><tr><td>Location: Naples, Italy</td></tr><tr><td>Seller: coral_king</td></tr></table></center><a href='mailto:x@coral.example'>Contact seller</a></body></html>",
        expected={
            "title": "Coral necklace",
            "price": "50",
            "currency": "USD",
            "location": "Naples, Italy",
            "seller": "coral_king",
            "country": "IT",
        },
    ),
    Case(
        name="bids_and_shipping_beside_the_price",
        url="https://www.bids.example/itm/133445566778",
        html=page(
            "<title>Scrimshaw style knife | Bids</title>",
            """<h1><span class="g-hdn">Details about &nbsp;</span>Scrimshaw style knife</h1><div>Current bid:</div><div><span>US $12.50</span> <a href="/bids">[ 3 bids ]</a></div><div>Approximately £9.80</div><div>Shipping: US $14.00 Standard</div><div>Item location:</div><div>Austin, Texas, United States</div><h2>Seller information</h2><div><a href="https://www.bids.example/usr/knife_guy">knife_guy</a> (<a href="/fdbk">1234</a>)</div><button>Place bid</button>""",
        ),
        expected={
            "title": "Scrimshaw style knife",
            "price": "12.50",
            "currency": "USD",
            "seller": "knife_guy",
            "location": "Austin, Texas, United States",
            "country": "US",
        },
    ),
    Case(
        name="title_attribute_holds_the_whole_title",
        url="https://www.lots.example/search?query=bone",
        html=page(
            "<title>bone | Lots</title>",
            "<div>"
            + "".join(
                f'<div class="lot-card"><a class="lot-link" href="/lot/{n}55443" title="Bone carving number {n} with a very long name"><span class="lot-title" title="Bone carving number {n} with a very long name">Bone carving number {n} with...</span></a><div class="lot-bid">Current bid <b>€ {n}5</b></div><div class="lot-est">Est. € 100 - € 200</div></div>'
                for n in range(1, 5)
            )
            + "</div>",
            "en",
        ),
        kind="search",
        expected={},
        items=tuple((f"Bone carving number {n} with a very long name", f"{n}5", "EUR") for n in range(1, 5)),
    ),
    Case(
        name="listing_with_many_related_items",
        url="https://www.bazar.example/detail/horn-77889900",
        html=page(
            '<title>Cow horn - Bazar</title><meta property="og:title" content="Cow horn">',
            "<h1>Cow horn</h1><div class='detail-price'>1 200 Kč</div><div class='seller-name'>Petr</div><a class='btn' href='#'>Napsat prodejci</a>"
            + related("Podobné inzeráty", [f"{n}00 Kč" for n in range(1, 20)]),
            "cs",
        ),
        expected={"title": "Cow horn", "price": "1200", "currency": "CZK", "seller": "Petr"},
    ),
    Case(
        name="greek_and_definition_rows_in_divs",
        url="https://www.aggelies.example/ad/44556677",
        html=page(
            "<title>Παλιό κόσμημα | Αγγελίες</title>",
            "<h1>Παλιό κόσμημα</h1><div class='row'><div class='label'>Τιμή</div><div class='value'>80 €</div></div><div class='row'><div class='label'>Περιοχή</div><div class='value'>Αθήνα</div></div><div class='row'><div class='label'>Πωλητής</div><div class='value'>Γιώργος</div></div>",
            "el",
        ),
        expected={"title": "Παλιό κόσμημα", "price": "80", "currency": "EUR", "location": "Αθήνα", "seller": "Γιώργος"},
    ),
    Case(
        name="persian_digits",
        url="https://www.divar.example/v/ghadimi-12345678",
        html=page("<title>جعبه قدیمی | دیوار</title>", "<h1>جعبه قدیمی</h1><div class='price'>۱۲٬۵۰۰ د.إ</div>", "fa"),
        expected={"title": "جعبه قدیمی", "price": "12500", "currency": "AED"},
    ),
]
