"""Listing pages written for these tests: how marketplaces of many countries mark up an offer, in their languages and currencies."""
# ruff: noqa: E501 - pages are written as pages are

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A page, where it was found, and what it states."""

    name: str
    url: str
    html: str
    expected: dict[str, object]
    kind: str = "listing"
    items: tuple[tuple[str, str | None, str | None], ...] = field(default=())
    next_page: str | None = None


def page(head: str, body: str, lang: str = "en") -> str:
    """An HTML page with the furniture that real ones have."""
    return f"""<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8">{head}</head><body>
<header class="site-header"><a href="/">Home</a><nav><ul class="menu"><li><a href="/login">Login</a></li><li><a href="/c/1">Cats 99 €</a></li></ul></nav></header>
{body}
<footer class="site-footer"><a href="/about">About</a><a href="/user/support">Support</a><span>© 2025</span></footer></body></html>"""


RELATED = """<section class="similar-items"><h2>{heading}</h2><ul class="carousel">{cards}</ul></section>"""


def related(heading: str, prices: list[str]) -> str:
    """A carousel of other items, whose prices are not the page's."""
    cards = "".join(
        f'<li class="card"><a href="/item/other-{n}-{77000 + n}"><img alt="Other {n}"><h3>Other thing {n}</h3></a><span class="price">{p}</span></li>'
        for n, p in enumerate(prices)
    )
    return RELATED.format(heading=heading, cards=cards)


CASES: list[Case] = [
    Case(
        name="german_classifieds_ids_and_labels",
        url="https://www.kleinmarkt.example/s-anzeige/alter-elfenbein-anhaenger/2748392011-234-3331",
        html=page(
            '<title>Alter Anhänger aus Bein in Berlin - Mitte | Kleinmarkt</title><meta property="og:title" content="Alter Anhänger aus Bein"><meta property="og:site_name" content="Kleinmarkt"><meta property="og:type" content="website">',
            """<main><article><h1 id="viewad-title" class="boxedarticle--title"><span class="is-hidden">Reserviert • </span>Alter Anhänger aus Bein</h1>
            <div class="boxedarticle--price-container"><h2 class="boxedarticle--price" id="viewad-price">1.250 € VB</h2><span class="boxedarticle--old-price">1.400 €</span></div>
            <div class="boxedarticle--details"><span id="viewad-locality">10115 Berlin - Mitte</span><div><i class="icon"></i><span>03.05.2025</span></div></div>
            <ul class="addetailslist"><li class="addetailslist--detail">Art<span class="addetailslist--detail--value">Schmuck</span></li><li>Versand: + Versand ab 5,49 €</li></ul>
            <p id="viewad-description-text" class="text-force-linebreak">Sehr alter Anhänger vom Dachboden meiner Oma, Privatverkauf.</p></article>
            <div id="viewad-contact"><span class="userprofile-vip"><a href="/s-bestandsliste.html?userId=12345">Kerstin M.</a></span><span class="userprofile-vip-details-text">Privater Nutzer</span></div></main>"""
            + related("Ähnliche Anzeigen", ["15 €", "20 €", "VB", "30 €"]),
            "de",
        ),
        expected={
            "title": "Alter Anhänger aus Bein",
            "price": "1250",
            "currency": "EUR",
            "seller": "Kerstin M.",
            "location": "10115 Berlin - Mitte",
            "native_id": "2748392011",
        },
    ),
    Case(
        name="french_next_data",
        url="https://www.boncoin.example/ad/collection/2750011223",
        html=page(
            "<title>Collier ancien - Collection | boncoin</title>",
            """<main><div data-qa-id="adview_spotlight"><h1 data-qa-id="adview_title">Collier ancien</h1><div data-qa-id="adview_price"><p>85&nbsp;€</p></div></div></main>
            <script id="__NEXT_DATA__" type="application/json">{"props":{"pageProps":{"ad":{"list_id":2750011223,"first_publication_date":"2025-05-02 09:11:00","subject":"Collier ancien","body":"Collier de ma grand-mère, très bon état.","price":[85],"price_cents":8500,"url":"https://www.boncoin.example/ad/collection/2750011223","category_name":"Collection","location":{"country_id":"FR","region_name":"Bretagne","city_label":"Rennes 35000","city":"Rennes","zipcode":"35000"},"owner":{"store_id":"1","user_id":"abc","type":"private","name":"Maëlle"},"images":{"urls":["https://img.example/1.jpg"]}}}}}</script>""",
            "fr",
        ),
        expected={
            "title": "Collier ancien",
            "price": "85",
            "currency": "EUR",
            "seller": "Maëlle",
            "location": "Rennes, Bretagne",
            "native_id": "2750011223",
        },
    ),
    Case(
        name="russian_classifieds_microdata",
        url="https://www.obyava.example/moskva/kollektsionirovanie/statuetka_3124567890",
        html=page(
            '<title>Статуэтка из кости купить в Москве | Коллекционирование</title><meta property="og:title" content="Статуэтка из кости: объявление о продаже">',
            """<div class="item-view" itemscope itemtype="http://schema.org/Product"><h1 data-marker="item-view/title-info" itemprop="name">Статуэтка из кости</h1>
            <div itemprop="offers" itemscope itemtype="http://schema.org/Offer"><span itemprop="price" content="15000">15&nbsp;000&nbsp;₽</span><meta itemprop="priceCurrency" content="RUB"><link itemprop="availability" href="https://schema.org/LimitedAvailability"></div>
            <div data-marker="item-view/item-address"><div itemprop="address" itemscope itemtype="http://schema.org/PostalAddress"><span class="style-item-address__string">Москва, ул. Ленина, 5</span></div></div>
            <div data-marker="item-view/seller-info"><div data-marker="seller-info/name"><a href="/user/a1b2c3/profile"><span>Алексей</span></a></div><div>На сайте с 2015</div></div>
            <div itemprop="description">Старая статуэтка, ручная работа.</div></div>""",
            "ru",
        ),
        expected={
            "title": "Статуэтка из кости",
            "price": "15000",
            "currency": "RUB",
            "seller": "Алексей",
            "location": "Москва, ул. Ленина, 5",
        },
    ),
    Case(
        name="polish_jsonld_product",
        url="https://www.ogloszenia.example/d/oferta/torebka-ze-skory-CID87-ID12AbCd.html",
        html=page(
            """<title>Torebka ze skóry Warszawa Wola • ogloszenia</title><script type="application/ld+json">{"@context":"https://schema.org","@type":"Product","name":"Torebka ze skóry","image":["https://img.example/1.jpg"],"url":"https://www.ogloszenia.example/d/oferta/torebka-ze-skory-CID87-ID12AbCd.html","description":"Ładna torebka","sku":"987654321","offers":{"@type":"Offer","availability":"https://schema.org/InStock","areaServed":{"@type":"City","name":"Warszawa"},"priceCurrency":"PLN","price":349.99}}</script>""",
            """<div data-testid="ad-price-container"><h3>349,99 zł</h3></div><h4 data-cy="ad_title">Torebka ze skóry</h4><div data-testid="user-profile-link"><h4 data-testid="user-profile-user-name">Ewa</h4></div>""",
            "pl",
        ),
        expected={"title": "Torebka ze skóry", "price": "349.99", "currency": "PLN", "seller": "Ewa", "location": "Warszawa"},
    ),
    Case(
        name="indonesian_shop_opengraph_and_text",
        url="https://www.tokoku.example/burungjaya/kakatua-jambul-kuning-anakan",
        html=page(
            '<title>Jual Kakatua Jambul Kuning Anakan - Kota Surabaya - Burung Jaya | Tokoku</title><meta property="og:title" content="Jual Kakatua Jambul Kuning Anakan - Kota Surabaya - Burung Jaya | Tokoku"><meta property="og:site_name" content="Tokoku"><meta property="product:price:amount" content="3500000"><meta property="product:price:currency" content="IDR">',
            """<div class="css-1"><h1 data-testid="lblPDPDetailProductName">Kakatua Jambul Kuning Anakan</h1><div class="price" data-testid="lblPDPDetailProductPrice">Rp3.500.000</div><span data-testid="lblPDPDetailOriginalPrice">Rp4.000.000</span>
            <a data-testid="llbPDPFooterShopName" href="/burungjaya"><h2>Burung Jaya</h2></a><div data-testid="pdpShippingFrom">Dikirim dari <b>Kota Surabaya</b></div></div>""",
            "id",
        ),
        expected={
            "title": "Kakatua Jambul Kuning Anakan",
            "price": "3500000",
            "currency": "IDR",
            "seller": "Burung Jaya",
            "location": "Kota Surabaya",
        },
    ),
    Case(
        name="japanese_auction_labels",
        url="https://page.auctions.example/auction/x1122334455",
        html=page(
            '<title>【即決】古い根付 象 オークション - オークション広場</title><meta property="og:title" content="古い根付 象"><meta property="og:site_name" content="オークション広場">',
            """<h1 class="ProductTitle__text">古い根付 象</h1><dl class="Price"><dt class="Price__title">現在</dt><dd class="Price__value">12,500円<span class="Price__tax">（税 0 円）</span></dd></dl>
            <dl><dt>即決</dt><dd>20,000円</dd></dl><div class="Seller"><p class="Seller__name"><a href="https://auctions.example/seller/kotto_ya">骨董屋</a></p></div>
            <dl><dt>発送元の地域</dt><dd>京都府</dd></dl><dl><dt>送料</dt><dd>落札者負担 1,200円</dd></dl>""",
            "ja",
        ),
        expected={"title": "古い根付 象", "price": "12500", "currency": "JPY", "seller": "骨董屋", "location": "京都府"},
    ),
    Case(
        name="chinese_shop_state_assignment",
        url="https://item.shop.example/item.htm?id=678901234567",
        html=page(
            "<title>红木雕刻摆件-商城</title>",
            """<div id="root"><h1>红木雕刻摆件</h1><div class="tb-rmb">¥</div></div><script>window.g_config = {"item":{"itemId":"678901234567","title":"红木雕刻摆件","price":"1280.00","currency":"CNY"},"seller":{"sellerNick":"老王木雕","shopName":"老王木雕店"},"delivery":{"from":"广东广州"}};</script>""",
            "zh-CN",
        ),
        expected={"title": "红木雕刻摆件", "price": "1280.00", "currency": "CNY", "native_id": "678901234567"},
    ),
    Case(
        name="vietnamese_classifieds",
        url="https://www.chomua.example/mua-ban-chim/115566778.htm",
        html=page(
            "<title>Chim chào mào hót hay - 115566778 | Chợ Mua</title>",
            """<main><h1 itemprop="name">Chim chào mào hót hay</h1><div class="price-wrapper"><b class="p1">1.500.000 đ</b></div><div class="seller-wrapper"><a href="/user/abc123"><b>Anh Tuấn</b></a></div>
            <div class="address"><span>Khu vực: </span><span>Quận 7, TP Hồ Chí Minh</span></div><p class="adBody">Chim đẹp, hót hay, ai thích liên hệ.</p></main>""",
            "vi",
        ),
        expected={
            "title": "Chim chào mào hót hay",
            "price": "1500000",
            "currency": "VND",
            "seller": "Anh Tuấn",
            "location": "Quận 7, TP Hồ Chí Minh",
            "native_id": "115566778",
        },
    ),
    Case(
        name="thai_classifieds_definition_list",
        url="https://www.khaidee.example/product-345678901",
        html=page(
            "<title>นกแก้วมาคอว์ | ขายดี</title>",
            """<h1>นกแก้วมาคอว์</h1><p class="price">฿25,000</p><dl><dt>ผู้ขาย</dt><dd>สมชาย</dd><dt>จังหวัด</dt><dd>เชียงใหม่</dd></dl>""",
            "th",
        ),
        expected={"title": "นกแก้วมาคอว์", "price": "25000", "currency": "THB", "seller": "สมชาย", "location": "เชียงใหม่"},
    ),
    Case(
        name="arabic_classifieds",
        url="https://www.souq.example/ad/11223344",
        html=page(
            "<title>ببغاء رمادي للبيع | سوق</title>",
            """<h1>ببغاء رمادي للبيع</h1><div class="price">4,500 ر.س</div><table><tr><th>المدينة</th><td>الرياض</td></tr><tr><th>المعلن</th><td>أبو خالد</td></tr></table>""",
            "ar",
        ),
        expected={"title": "ببغاء رمادي للبيع", "price": "4500", "currency": "SAR", "seller": "أبو خالد", "location": "الرياض"},
    ),
    Case(
        name="kenyan_classifieds_split_price",
        url="https://soko.example/nairobi/pets/african-grey-parrot-aBc12DeF.html",
        html=page(
            "<title>African Grey Parrot in Nairobi Central - Pets, Jane | soko.example</title>",
            """<h1 class="b-advert-title-inner"><div>African Grey Parrot</div></h1><div class="b-advert-price"><span class="qa-advert-price-view-title">KSh 45,000</span></div>
            <div class="b-advert-info-statistics--region">Nairobi, Nairobi Central</div><div class="b-seller-block__name">Jane Wanjiru</div><div class="b-advert-description">Talking parrot.</div>""",
            "en-KE",
        ),
        expected={
            "title": "African Grey Parrot",
            "price": "45000",
            "currency": "KES",
            "seller": "Jane Wanjiru",
            "location": "Nairobi, Nairobi Central",
        },
    ),
    Case(
        name="brazilian_state_price_text",
        url="https://produto.mercado.example/anel-prata-MLX-1234567890",
        html=page(
            '<title>Anel de prata | Parcelamento sem juros</title><meta property="og:title" content="Anel de prata - R$ 1.299,90"><meta itemprop="price" content="1299.9">',
            """<div class="ui-pdp"><h1 class="ui-pdp-title">Anel de prata</h1><s class="money previous"><span>R$</span><span>1.499</span></s><div class="price-current"><span class="sym">R$</span><span class="fraction">1.299</span><span class="cents">90</span></div>
            <p>em 10x de R$ 129,99 sem juros</p><div class="ui-seller-data"><h2>Vendido por <a href="/perfil/LOJAX">LOJAX</a></h2></div></div>""",
            "pt-BR",
        ),
        expected={"title": "Anel de prata", "price": "1299.90", "currency": "BRL", "seller": "LOJAX"},
    ),
    Case(
        name="woocommerce_sale_price",
        url="https://reptileshop.example/product/ball-python-hatchling/",
        html=page(
            '<title>Ball python hatchling - Reptile Shop</title><meta property="og:type" content="product"><meta property="og:site_name" content="Reptile Shop"><meta property="og:title" content="Ball python hatchling - Reptile Shop">',
            """<div class="product type-product"><h1 class="product_title entry-title">Ball python hatchling</h1><p class="price"><del aria-hidden="true"><span class="woocommerce-Price-amount amount"><bdi><span class="woocommerce-Price-currencySymbol">&#36;</span>250.00</bdi></span></del> <ins><span class="woocommerce-Price-amount amount"><bdi><span class="woocommerce-Price-currencySymbol">&#36;</span>199.00</bdi></span></ins></p><button name="add-to-cart" class="single_add_to_cart_button">Add to cart</button></div>"""
            + related("Related products", ["$20.00", "$30.00", "$40.00"]),
            "en-US",
        ),
        expected={"title": "Ball python hatchling", "price": "199", "currency": "USD"},
    ),
    Case(
        name="jsonld_graph_broken_comma",
        url="https://auktion.example/item/998877/halsband",
        html=page(
            """<title>Halsband i ben - Auktion</title><script type="application/ld+json">
            {"@context":"https://schema.org","@graph":[{"@type":"WebPage","name":"Halsband i ben - Auktion","mainEntity":{"@type":"Product","name":"Halsband i ben","description":"Fint halsband","offers":[{"@type":"Offer","priceSpecification":{"@type":"PriceSpecification","price":"1 250","priceCurrency":"SEK"},"seller":{"@type":"Person","name":"Lars"}},]}},]}</script>""",
            "<h1>Halsband i ben</h1><span>1 250 kr</span>",
            "sv",
        ),
        expected={"title": "Halsband i ben", "price": "1250", "currency": "SEK", "seller": "Lars"},
    ),
    Case(
        name="danish_kr_and_zip",
        url="https://www.brugt.example/annonce/1098765432/horn",
        html=page(
            "<title>Gammelt horn | Brugt</title>",
            """<h1>Gammelt horn</h1><div class="vip-price">1.299 kr.</div><div class="vip-location"><span>8000 Aarhus C</span></div><div class="profile-name">Mette</div>""",
            "da",
        ),
        expected={"title": "Gammelt horn", "price": "1299", "currency": "DKK", "seller": "Mette", "location": "8000 Aarhus C"},
    ),
    Case(
        name="turkish_label_table",
        url="https://www.ilanlar.example/ilan/fildisi-tesbih-1122334455",
        html=page(
            "<title>Kemik tesbih - ilanlar</title>",
            """<div class="classifiedDetailTitle"><h1>Kemik tesbih</h1></div><div class="classifiedInfo"><h3>12.500 TL</h3><h2><a>İstanbul</a> / <a>Fatih</a></h2></div><div class="username-info-area"><h5>Ahmet Y.</h5></div><ul><li><strong>İlan Tarihi</strong><span>02 Mayıs 2025</span></li></ul>""",
            "tr",
        ),
        expected={"title": "Kemik tesbih", "price": "12500", "currency": "TRY", "seller": "Ahmet Y."},
    ),
    Case(
        name="indian_lakh_and_rupee",
        url="https://www.bazaar.example/item/iid-1789012345",
        html=page(
            "<title>Antique tusk style horn - Bazaar</title>",
            """<h1 data-aut-id="itemTitle">Antique tusk style horn</h1><span data-aut-id="itemPrice">₹ 1,25,000</span><div data-aut-id="itemLocation">Indiranagar, Bengaluru, Karnataka</div><a href="/profile/55"><div data-aut-id="profileCard"><span data-aut-id="sellerName">Ravi</span></div></a>""",
            "en-IN",
        ),
        expected={
            "title": "Antique tusk style horn",
            "price": "125000",
            "currency": "INR",
            "seller": "Ravi",
            "location": "Indiranagar, Bengaluru, Karnataka",
        },
    ),
    Case(
        name="korean_market",
        url="https://www.jungo.example/products/223344556",
        html=page(
            "<title>상아 모양 도장 | 중고</title>",
            """<h1>상아 모양 도장</h1><div class="ProductPrice">35,000원</div><dl><dt>판매자</dt><dd>민수네</dd><dt>거래지역</dt><dd>서울특별시 강남구</dd></dl>""",
            "ko",
        ),
        expected={"title": "상아 모양 도장", "price": "35000", "currency": "KRW", "seller": "민수네", "location": "서울특별시 강남구"},
    ),
    Case(
        name="swiss_auction_lot",
        url="https://www.lots.example/en/l/1234567-carved-figure",
        html=page(
            '<title>Carved figure - Lots</title><meta property="og:title" content="Carved figure - Lots">',
            """<h1>Carved figure</h1><div class="bid"><span>Current bid</span><strong>CHF 1'250.50</strong></div><div>Estimate CHF 2'000 - CHF 3'000</div><p><span>Seller:</span> <a href="/u/zurich_art">zurich_art</a></p><p><span>Location:</span> Zürich, Switzerland</p>""",
        ),
        expected={
            "title": "Carved figure",
            "price": "1250.50",
            "currency": "CHF",
            "seller": "zurich_art",
            "location": "Zürich, Switzerland",
            "country": "CH",
        },
    ),
    Case(
        name="norwegian_shadow_dom",
        url="https://www.torg.example/item/456535017",
        html=page(
            "<title>Gammel stol | torg</title>",
            """<podium-layout><template shadowrootmode="open"><main><h1>Gammel stol</h1><p class="price">1 500 kr</p><span data-testid="object-address">4371 Egersund</span></main></template></podium-layout>""",
            "nb",
        ),
        expected={"title": "Gammel stol", "price": "1500", "currency": "NOK", "location": "4371 Egersund"},
    ),
    Case(
        name="ukrainian_state_escaped_json",
        url="https://www.prodam.example/d/uk/obyavlenie/papuga-IDAbC12.html",
        html=page(
            "<title>Папуга жако: 25 000 грн - Птахи Київ на Prodam</title>",
            r"""<h1>Папуга жако</h1><script>window.__PRERENDERED_STATE__= "{\"ad\":{\"ad\":{\"id\":812345678,\"title\":\"Папуга жако\",\"description\":\"Ручний папуга, говорить багато слів.\",\"createdTime\":\"2025-05-01T10:00:00+03:00\",\"price\":{\"regularPrice\":{\"value\":25000,\"currencyCode\":\"UAH\",\"currencySymbol\":\"грн.\"},\"displayValue\":\"25 000 грн.\"},\"location\":{\"cityName\":\"Київ\",\"regionName\":\"Київська область\"},\"user\":{\"id\":1,\"name\":\"Оксана\"}}}}";</script>""",
            "uk",
        ),
        expected={
            "title": "Папуга жако",
            "price": "25000",
            "currency": "UAH",
            "seller": "Оксана",
            "location": "Київ, Київська область",
            "posted_at": "2025-05-01T07:00:00Z",
        },
    ),
    Case(
        name="dutch_description_contacts",
        url="https://www.markt.example/v/verzamelen/m2109876543-oude-waaier",
        html=page(
            """<title>Oude waaier | Markt</title><script type="application/ld+json">{"@context":"https://schema.org","@type":"Product","name":"Oude waaier","description":"Mooie waaier, bel 0612345678 of mail jan@voorbeeld.nl","offers":{"@type":"Offer","price":"45","priceCurrency":"EUR"}}</script>""",
            """<h1>Oude waaier</h1><div class="ListingHeader-price">€ 45,00</div><div class="SellerInfo-name"><a href="/u/jan/123">Jan</a></div><div class="SellerInfo-location">Utrecht</div>""",
            "nl",
        ),
        expected={
            "title": "Oude waaier",
            "price": "45",
            "currency": "EUR",
            "seller": "Jan",
            "location": "Utrecht",
            "contacts": ("mail:jan@voorbeeld.nl", "phone:+31612345678"),
        },
    ),
    Case(
        name="wanted_ad_without_price",
        url="https://ads.example/ad/5566778",
        html=page(
            "<title>WTB: old snuff bottles | Ads</title>",
            """<h1>WTB: old snuff bottles</h1><p class="description">Looking for snuff bottles of any kind.</p><button>Contact seller</button>""",
        ),
        expected={"title": "WTB: old snuff bottles", "price": None, "intent_hint": "wanted"},
    ),
    Case(
        name="price_on_request_is_not_a_price",
        url="https://antiques.example/item/778899/netsuke",
        html=page(
            """<title>Netsuke | Antiques</title><script type="application/ld+json">{"@type":"Product","name":"Netsuke","offers":{"@type":"Offer","price":"0.00","priceCurrency":"GBP"}}</script>""",
            """<h1>Netsuke</h1><div class="price">Price on request</div><button>Contact seller</button>"""
            + related("Related items", ["£10.00", "£20.00", "£30.00", "£40.00"]),
            "en-GB",
        ),
        expected={"title": "Netsuke", "price": None},
    ),
]
