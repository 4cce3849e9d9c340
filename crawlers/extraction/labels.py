"""Words that pages use as labels, in the languages of the marketplaces watched. Data and compiled patterns only."""
# ruff: noqa: E501 - alternatives of one pattern stay on one line

from __future__ import annotations

import re

SELLER = """seller|sold by|seller name|vendor|shop|store|posted by|listed by|advertiser|contact person|contact name|shop name|store name|member id|owner|offered by|by seller|
verkäufer|anbieter|verkauft von|händler|anbieter:in|vendeur|vendu par|annonceur|vendedor|vendedora|anunciante|vendido por|vendido e entregue por|venditore|inserzionista|venduto da|verkoper|aanbieder|adverteerder|verkocht door|
sprzedawca|sprzedający|sprzedaje|ogłoszeniodawca|prodejce|prodávající|predajca|eladó|hirdető|vânzător|продавец|продавач|продавець|магазин|автор|контактное лицо|автор объявления|пользователь|satıcı|ilan sahibi|mağaza|myyjä|ilmoittaja|säljare|annonsör|selger|sælger|annoncør|πωλητής|
البائع|المعلن|صاحب الإعلان|فروشنده|מוכר|विक्रेता|বিক্রেতা|ผู้ขาย|ผู้ลงประกาศ|ชื่อผู้ขาย|ร้านค้า|người bán|người đăng|cửa hàng|shop bán|penjual|toko|nama penjual|penjual iklan|pengiklan|muuzaji|出品者|販売者|販売元|ストア|ショップ|投稿者|卖家|賣家|商家|店铺|店鋪|店铺名|卖家昵称|掌柜|发布者|刊登者|판매자|판매자명|상점|nagbebenta"""

LOCATION = """location|item location|dikirim dari|versand aus|enviado desde|envio de|expédié de|located in|ships from|shipped from|shipping from|dispatched from|city|town|area|region|place|address|country|country of origin of shipment|item is located in|suburb|district|province|state|locality|
standort|artikelstandort|ort|plz|plz / ort|plz/ort|lieu|localisation|ville|lieu où se trouve l'objet|adresse|localización|ubicación|lugar|ciudad|provincia|localidad|poblacion|población|localização|local|localidade|cidade|município|bairro|cep|endereço|morada|concelho|distrito|luogo|località|città|comune|provincia|luogo in cui si trova l'oggetto|plaats|locatie|woonplaats|lokalizacja|miejscowość|
miasto|lokalita|místo|město|mesto|hely|helység|település|cím|locație|localitate|oraș|местоположение|город|адрес|расположение|регион|населённый пункт|місто|розташування|місцезнаходження|местонахождение товара|град|населено място|konum|il|şehir|il / ilçe|adres|sijainti|paikkakunta|ort|plats|kommun|sted|by|beliggenhed|område|περιοχή|τοποθεσία|
الموقع|المدينة|المنطقة|مكان|مدينة|شهر|מיקום|עיר|स्थान|जगह|অবস্থান|এলাকা|สถานที่|ที่อยู่|จังหวัด|พื้นที่|địa chỉ|khu vực|nơi bán|tỉnh thành|lokasi|kota|alamat|wilayah|eneo|mahali|発送元の地域|発送元|発送元地域|所在地|地域|出品地域|发货地|所在地|所在地区|地区|物品所在地|地点|發貨地|出貨地|배송지|지역|거래지역|위치|lokasyon|lugar"""

PRICE = """price|asking price|our price|sale price|buy it now|buy now price|current bid|current price|starting bid|starting price|start price|winning bid|hammer price|opening bid|minimum bid|now|special price|deal price|fixed price|item price|unit price|list price|
preis|sofortkaufen|festpreis|aktuelles gebot|startpreis|kaufpreis|vb|verhandlungsbasis|prix|prix actuel|enchère actuelle|mise à prix|precio|precio actual|puja actual|preço|valor|lance atual|preço atual|por|prezzo|offerta attuale|prijs|vraagprijs|huidig bod|bieden vanaf|cena|cena kup teraz|aktualna cena|aktuální cena|ár|kikiáltási ár|aktuális ár|preț|
цена|стоимость|текущая цена|текущая ставка|блиц-цена|ціна|вартість|fiyat|fiyatı|güncel fiyat|hinta|pyyntihinta|pris|pris nu|nuvarande bud|utropspris|τιμή|السعر|سعر|الثمن|قیمت|מחיר|कीमत|मूल्य|দাম|মূল্য|ราคา|ราคาปัจจุบัน|giá|giá bán|giá tiền|harga|harga jual|bei|価格|値段|現在価格|現在|即決価格|即決|開始価格|販売価格|本体価格|价格|價格|售价|售價|一口价|一口價|当前价|现价|特价|转卖价|直購價|目前出價|가격|판매가|판매가격|즉시구매가|현재가|presyo"""

CATEGORY = """category|categories|kategorie|catégorie|categoría|categoria|rubriek|kategoria|kategória|категория|категорія|kategori|luokka|kategoria|κατηγορία|القسم|الفئة|หมวดหมู่|danh mục|カテゴリ|カテゴリー|分类|分類|类别|類別|카테고리|rubrik"""

POSTED = """posted|posted on|date posted|published|listed|listed on|added|date added|date listed|date|listing date|created|updated|
online seit|erstellt am|eingestellt am|anzeigendatum|datum|veröffentlicht|publié le|mise en ligne|publiée le|date de publication|publicado|publicado el|publicado em|fecha|fecha de publicación|inserido em|data|pubblicato|pubblicato il|data inserimento|inserito il|geplaatst|sinds|dodane|data dodania|dodano|vloženo|datum vložení|feladás|feltöltve|publicat|adăugat|
размещено|опубликовано|дата|дата размещения|добавлено|додано|опубліковано|ilan tarihi|tarih|eklenme tarihi|jätetty|ilmoitus jätetty|publicerad|inlagd|sist endret|oppdatert|lagt ut|oprettet|تاريخ النشر|تاريخ الإعلان|نشر|วันที่ลงประกาศ|ลงเมื่อ|ngày đăng|đăng lúc|diposting|tanggal|dipasang pada|出品日|出品日時|開始日時|掲載日|投稿日|更新日|发布时间|发布日期|上架时间|刊登日期|上架日期|등록일|작성일|등록일시"""

SHIPPING = """shipping|delivery|postage|shipping method|shipping methods|delivery options|delivery method|ships to|shipping to|post to|posts to|shipping cost|versand|versandkosten|versandart|lieferung|livraison|frais de port|mode de livraison|mode d'envoi|envío|envíos|gastos de envío|envio|frete|entrega|portes|spedizione|consegna|spese di spedizione|verzending|verzendkosten|levering|leveringswijze|ophalen|dostawa|wysyłka|koszt dostawy|
doprava|způsob dopravy|doručení|szállítás|átvétel|livrare|доставка|способ доставки|отправка|kargo|teslimat|gönderim|toimitus|toimitustapa|frakt|leverans|fragt|forsendelse|αποστολή|الشحن|التوصيل|משלוח|ค่าจัดส่ง|การจัดส่ง|จัดส่ง|vận chuyển|giao hàng|phí vận chuyển|pengiriman|ongkos kirim|kurir|配送方法|配送|配送料の負担|送料|発送|发货|运费|物流|快递|運費|寄送方式|運送方式|배송|배송비|배송방법"""

PAYMENT = """payment|payments|payment method|payment methods|payment options|pay with|accepted payment|zahlung|zahlungsarten|zahlungsmethoden|bezahlung|zahlungsart|paiement|moyens de paiement|modes de paiement|mode de paiement|pago|formas de pago|métodos de pago|medios de pago|pagamento|formas de pagamento|metodi di pagamento|modalità di pagamento|betaling|betaalmethode|betaalwijze|betalen|płatność|formy płatności|metody płatności|
platba|způsob platby|fizetés|fizetési mód|plată|metode de plată|оплата|способ оплаты|способы оплаты|ödeme|ödeme seçenekleri|ödeme yöntemi|maksu|maksutavat|maksutapa|betalning|betalningssätt|betalingsmåde|πληρωμή|الدفع|طرق الدفع|תשלום|การชำระเงิน|ชำระเงิน|วิธีชำระเงิน|thanh toán|phương thức thanh toán|pembayaran|metode pembayaran|支払い|支払い方法|お支払い方法|支払方法|付款|付款方式|支付方式|결제|결제방법|결제수단"""

QUANTITY = """quantity|qty|available quantity|quantity available|stock|in stock|amount|menge|anzahl|stückzahl|quantité|cantidad|cantidad disponible|quantidade|quantità|aantal|ilość|liczba sztuk|množství|darab|mennyiség|cantitate|количество|наличие|кількість|adet|miktar|määrä|antal|antall|ποσότητα|الكمية|จำนวน|số lượng|jumlah|stok|個数|数量|數量|在庫|库存|庫存|수량|재고"""


def _label_set(text: str) -> dict[str, None]:
    return {word.strip(): None for word in text.replace("\n", "").split("|") if word.strip()}


LABELS: dict[str, str] = {
    word: name
    for name, text in (
        ("quantity", QUANTITY), ("payment", PAYMENT), ("shipping", SHIPPING), ("category", CATEGORY), ("posted_at", POSTED), ("price", PRICE), ("location", LOCATION), ("seller", SELLER),
    )
    for word in _label_set(text)
}  # fmt: skip
"""Label in lower case to the field it names."""

ONLY_IN: dict[str, frozenset[str]] = {
    "by": frozenset({"da", "nb", "nn", "no"}),
    "sted": frozenset({"da", "nb", "nn", "no"}),
    "il": frozenset({"tr"}),
    "bei": frozenset({"sw"}),
    "local": frozenset({"pt", "es"}),
    "ort": frozenset({"de", "sv"}),
    "don": frozenset({"fr"}),
    "now": frozenset({"en"}),
    "author": frozenset(),
    "date": frozenset({"en", "fr"}),
    "amount": frozenset(),
}
"""Labels that mean something else in other languages: they count only on pages of these."""

LONGEST_LABEL = max(len(word) for word in LABELS)

FREE = re.compile(
    r"(?i)(?:free|for free|gratis|kostenlos|zu verschenken|gratuit|à donner|don|grátis|regalo|se regala|бесплатно|даром|отдам даром|безкоштовно|za darmo|zdarma|ingyen|ilmainen|annetaan|gis bort|skänkes|gives væk|gratuito|regalo|無料|免费|免費|무료나눔|나눔|ฟรี|miễn phí|percuma|مجاني|bedava|ücretsiz)[!.]?"
)
ON_REQUEST = re.compile(
    r"(?i)(?:price )?(?:on|upon) (?:request|application|asking)|p\.?o\.?a|poa|call for price|contact (?:us |seller )?for price|ask for price|make an offer|preis auf anfrage|auf anfrage|prix sur demande|sur demande|precio a consultar|a consultar|consultar precio|sob consulta|a combinar|preço sob consulta|prezzo su richiesta|trattativa riservata|prijs op aanvraag|bieden|n\.?o\.?t\.?k\.?|cena do uzgodnienia|cena na zapytanie|dohodou|cena dohodou|megegyezés szerint|цена договорная|договорная|по договорённости|договірна|fiyat sorunuz|hinta sovitaan|pris på forespørsel|τιμή κατόπιν|السعر عند الاتصال|على السوم|ราคาสอบถาม|สอบถามราคา|giá thỏa thuận|thỏa thuận|liên hệ|hubungi penjual|harga nego|価格応相談|応相談|价格面议|面议|面議|가격협의|가격문의"
)
WANTED = re.compile(
    r"(?i)^\W{0,3}(?:wanted|wtb|looking for|iso|suche|gesucht|cherche|recherche|busco|compro|procuro|cerco|gezocht|gevraagd|szukam|kupię|koupím|hledám|keresek|caut|cumpăr|куплю|ищу|купим|шукаю|aranıyor|alınacak|ostetaan|köpes|sökes|ønskes|søges|kjøpes|ønskes kjøpt|مطلوب|רוצה לקנות|ต้องการซื้อ|รับซื้อ|cần mua|cari|dicari|wts/b|求购|求購|徵|買取|삽니다|구합니다)\b"
)
TITLE_PREFIX = re.compile(
    r"(?i)^(?:(?:details about|new listing|neues angebot|nuevo anuncio|sponsored|anzeige|promoted|gesponsert)\s*[:：]?\s+)+(?=\S)"
)
"""What a site puts before a title."""
PLACE_PREFIX = re.compile(
    r"(?i)^(?:dikirim dari|expédié de|enviado desde|located in|located|location|item location|standort|artikelstandort|ships from|shipped from|dispatched from|from|versand aus|ubicado en|ubicación|localização|in|en|à|aus|de|da|di|w|в)\s*[:：]?\s+(?=\S)|^(?:location|standort|ort|ubicación|localização|город|адрес|所在地|地区)\s*[:：]\s*"
)
SELLER_PREFIX = re.compile(
    r"(?i)^(?:sold by|sold and shipped by|seller|shop|store|by|from|vendido por|vendu par|verkauft von|verkäufer|vendeur|vendedor|venditore|sprzedawca|продавец|posted by|listed by|von|por|par|di|od)\s*[:：]?\s+(?=\S)|^(?:seller|verkäufer|vendeur|vendedor|venditore|продавец|卖家|賣家|出品者|판매자)\s*[:：]\s*"
)
