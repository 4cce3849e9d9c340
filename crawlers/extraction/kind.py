"""What a page is, from several weak signs, each of which is named in the evidence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from crawlers.extraction.document import Document
from domain.listing import PageKind

_CHALLENGE = re.compile(
    r"(?i)verify (?:that )?you(?:'| a)re (?:a )?human|are you a robot|not a robot|robot check|captcha|unusual traffic|checking your browser|just a moment\.\.\.|attention required|access (?:to this page has been )?denied|pardon our interruption|please enable (?:js|javascript|cookies) and|request blocked|security check|bot detection|enter the characters you see|安全验证|滑动验证|访问验证|验证码|доступ ограничен|подтвердите, что вы не робот|докажите, что вы не робот"
)
_CHALLENGE_MARK = re.compile(
    r"cf-challenge|cf_chl|challenge-platform|px-captcha|datadome|g-recaptcha|h-captcha|geetest|perimeterx|/captcha/|_Incapsula_|awswaf|ddos-guard",
    re.I,
)
_LOGIN = re.compile(
    r"(?i)(?:log ?in|sign ?in|you must be logged in|please log in|create an account) (?:to (?:continue|view|see)|or (?:sign up|register))|log into|login • |you must log in to continue|melde dich an|bitte anmelden|connectez-vous pour|inicia sesión para|entre para|войдите, чтобы|请先登录|登录后|로그인 후|ログインしてください"
)
_GONE = re.compile(
    r"(?i)(?:this |the )?(?:listing|ad|advert|item|posting|offer|product|page|post|auction|content|video|message)(?: you (?:are|were) looking for| you requested)? (?:has (?:been |already )?(?:removed|deleted|expired|flagged|ended|sold)|was (?:removed|deleted)|is no longer (?:available|active|online)|(?:isn't|is not|isn’t) available|(?:no longer|does not|doesn't) exists?|has been taken down|could not be found|not found)|this posting has (?:been|expired)|no longer available|page not found|we couldn't find (?:that|this) page"
    r"|anzeige (?:ist |wurde )?(?:nicht mehr verfügbar|gelöscht|deaktiviert|abgelaufen)|(?:seite|angebot) (?:wurde )?nicht (?:gefunden|mehr verfügbar)|annonce (?:n'est plus|n’est plus|a été supprimée|désactivée|introuvable)|cette annonce (?:est désactivée|n.est plus)|anuncio (?:ya no está|no existe|eliminado|caducado|no disponible|finalizado|pausado)|anúncio (?:não (?:está mais )?(?:disponível|encontrado|existe)|expirado|removido)|annuncio (?:non (?:è più )?(?:disponibile|presente)|scaduto|rimosso)|advertentie (?:is )?(?:niet meer (?:beschikbaar|online)|verwijderd|verlopen)|ogłoszenie (?:nie jest już dostępne|wygasło|zostało usunięte|nieaktualne)|inzerát (?:byl smazán|neexistuje|již není)"
    r"|объявление (?:снято|удалено|закрыто|не найдено|больше не|неактивно|в архиве)|оголошення (?:видалено|неактивне|не знайдено|більше не)|товар (?:снят|удал[её]н|не найден)|страница (?:не найдена|удалена)|bu ilan (?:yayında değil|kaldırıl|silin)|ilan (?:yayından kaldırıl|bulunamadı)|annonsen (?:finnes ikke|er slettet|är borttagen|har tagits bort|hittades inte)|annoncen (?:er slettet|findes ikke)|ilmoitus(?:ta)? (?:ei löyd|on poistettu|poistettu)"
    r"|商品已下架|宝贝不存在|该商品已(?:下架|删除|售出|失效)|已下架|页面不存在|商品不存在|この商品は(?:削除|存在しません|ありません)|該当する商品は|ページが見つかりません|削除された可能性|삭제된 (?:상품|게시)|존재하지 않는|판매가 종료|ไม่พบ(?:ประกาศ|สินค้า|หน้า)|ประกาศนี้(?:ถูกลบ|หมดอายุ)|tin (?:đăng )?(?:đã (?:bị )?(?:xóa|ẩn|hết hạn)|không tồn tại)|iklan (?:ini )?(?:tidak (?:tersedia|aktif|ditemukan)|sudah (?:dihapus|tidak))|produk tidak (?:ditemukan|tersedia)|الإعلان (?:غير متوفر|محذوف|تم حذف|منتهي)|هذا الإعلان (?:لم يعد|تم حذفه|غير)|halaman tidak ditemukan|strona nie istnieje|no se encuentra disponible"
)
_SEARCH_PATH = re.compile(
    r"/(?:search|sch|suche|recherche|buscar|busca|busqueda|ricerca|zoeken|szukaj|hledat|haku|arama|sok|sog|poisk|find|results|browse|category|categories|categoria|categorie|kategorie|kategori|cat|collections?|catalog|listado|list|listings?|shop|all|tag|tags|for-sale|gallery|items|oferty|ogloszenia|annonces|anzeigen|anuncios|d/.*search)(?:[/.\-?]|$)|/(?:s|q|c|l)(?:[/?]|$)",
    re.I,
)
_SEARCH_QUERY = frozenset(
    "hledat hledej szo kereses cauta cautare ara aranan buscar busca ricerca zoek zoekterm haku sok sog recherche suche poisk tukhoa tu_khoa cari pencarian search_word searchword search-query query_text q query keyword keywords k search search_query searchword s _nkw text kw term wd w sokeord szukaj suchbegriff what stichwort searchtext search_keyword searchstring key find nkw string st query_string title_q".split()
)
_LISTING_PATH = re.compile(
    r"/(?:item|itm|items|dp|gp/product|listing|listings|ad|ads|advert|product|products|p|ip|offer|offers|oferta|auction|lot|lots|i|d|detail|details|annonce|anuncio|anzeige|s-anzeige|annuncio|view|goods|deal|deals|iad|vi|vip|obyavlenie|ilan|tin)(?:[/.\-]|$)",
    re.I,
)
_THREAD_PATH = re.compile(
    r"/(?:threads?|topic|topics|showthread|viewtopic|t|forum/thread|discussion|comments|posts?/\d+/comments|questions)(?:[/.\-]|$)|showthread\.php|viewtopic\.php|[?&](?:tid|topic|thread)=\d",
    re.I,
)
_CHANNEL_PATH = re.compile(
    r"^/(?:s/[\w-]+|@[\w.-]+|channel/[\w-]+|c/[\w-]+|user/[\w.-]+|groups?/[\w.-]+|club\d+|public\d+|wall-?\d+|r/[\w-]+)/?$", re.I
)
_POST_PATH = re.compile(
    r"/(?:p|reel|status|statuses|video|watch|shorts|posts|photo|permalink)/[\w-]+|/watch\?v=|wall-?\d+_\d+|/[a-z_][\w]{3,31}/\d+/?$", re.I
)
_RESULTS = re.compile(
    r"(?i)\b\d[\d.,\s]*\+?\s*(?:results?|items?|listings?|ads?|products?|offers?|ergebnisse|anzeigen|treffer|angebote|résultats?|annonces?|resultados?|anuncios?|anúncios?|risultati|annunci|resultaten|advertenties|wyników|ogłoszeń|ofert|výsledků|inzerátů|találat|rezultate|anunțuri|объявлени\w*|результат\w*|товар\w*|оголошен\w*|sonuç|ilan|tulosta|ilmoitusta|träffar|annonser|treff|resultater|iklan|hasil|produk|kết quả|tin đăng|sản phẩm)\b|検索結果|件中|搜索结果|搜尋結果|件商品|검색결과|검색 결과|ผลการค้นหา|نتائج البحث|نتيجة"
)
_NO_RESULTS = re.compile(
    r"(?i)\b(?:no|0|zero) (?:results|items|listings|ads|products|matches)|did not match|nothing found|keine (?:ergebnisse|anzeigen|treffer)|aucun(?:e)? (?:résultat|annonce)|sin resultados|no (?:se han encontrado|encontramos|hay)|nenhum (?:resultado|anúncio)|nessun (?:risultato|annuncio)|geen (?:resultaten|advertenties)|brak (?:wyników|ogłoszeń)|ничего не найдено|не найдено|по вашему запросу ничего|нічого не знайдено|sonuç bulunamadı|ei (?:tuloksia|hakutuloksia)|inga (?:träffar|annonser)|ingen (?:treff|resultater)|見つかりませんでした|該当する商品がありません|没有找到|找不到|검색 ?결과가 없|ไม่พบ|không tìm thấy|tidak ditemukan|لا توجد نتائج"
)
_BUY = re.compile(
    r"(?i)^(?:add to (?:cart|basket|bag|trolley)|buy (?:it )?now|buy|place bid|bid now|bid|make (?:an )?offer|contact (?:the )?seller|message seller|chat with seller|chat|call|reply|show (?:phone|contact|number)|show phone number|in den warenkorb|sofort[- ]?kaufen|nachricht schreiben|anbieter kontaktieren|ajouter au panier|acheter|contacter(?: le vendeur)?|envoyer un message|añadir al carrito|agregar al carrito|comprar(?: ahora| agora)?|contactar|adicionar ao carrinho|aggiungi al carrello|acquista|contatta|in winkelwagen|bericht|bieden|dodaj do koszyka|kup teraz|wyślij wiadomość|do košíku|kosárba|в корзину|купить|показать телефон|написать(?: продавцу)?|позвонить|до кошика|купити|sepete ekle|satın al|mesaj gönder|lisää ostoskoriin|osta|lägg i varukorg|köp|legg i handlekurv|kjøp|send melding|læg i kurv|カートに入れる|購入手続きへ|今すぐ購入|入札する|加入购物车|立即购买|加入購物車|직접구매|장바구니|구매하기|채팅하기|เพิ่มลงตะกร้า|ซื้อเลย|แชท|thêm vào giỏ(?: hàng)?|mua ngay|gọi|tambah ke keranjang|beli sekarang|\+ keranjang|hubungi penjual|أضف إلى السلة|اشتري الآن|اتصل|محادثة)$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What was found on a page before its kind is decided."""

    main: bool
    """Its data has one main goods entity that the title bears out."""
    main_priced: bool
    summary: bool
    """The main entity sums many offers up."""
    entity_kinds: frozenset[str]
    """`thread`, `post`, `channel`, `list` as types of the data say."""
    items: int
    priced_items: int
    posts: int
    authors: int
    state_items: int
    shown_price: bool
    """A price stands by the title, outside of cards and links."""
    state_main: bool
    """The page's own state holds an object with the page's title and a price."""
    meta_price: bool
    seller: bool


def decide(document: Document, signs: Signs, status: int | None) -> tuple[PageKind, str]:
    """The kind and the sign that decided it."""
    wall = _wall(document, signs, status)
    if wall is not None:
        return wall
    talk = _talk(document, signs)
    if talk is not None:
        return talk
    listing, search = _weights(document, signs)
    if listing >= 4 and listing > search:
        return PageKind.LISTING, f"listing {listing} over search {search}"
    if signs.items >= 2 and search >= 3 and search >= listing:
        return PageKind.SEARCH, f"search {search} over listing {listing}"
    return _rest(document, signs, listing, search)


def _rest(document: Document, signs: Signs, listing: int, search: int) -> tuple[PageKind, str]:
    words = len(document.visible)
    scripted = sum(len(s.text) for s in document.scripts) > 3 * max(words, 200)
    if signs.items == 0 and search >= 3 and search > listing:
        if _NO_RESULTS.search(document.visible):
            return PageKind.SEARCH, "it says that nothing was found"
        if scripted or document.scripts:
            return PageKind.SHELL, "a search without items, drawn by script"
    if listing >= 3 and listing >= search:
        return PageKind.LISTING, f"listing {listing}"
    if signs.items >= 3 and (search >= 2 or (signs.priced_items >= 3 and not signs.shown_price)):
        return PageKind.SEARCH, f"{signs.items} items"
    if words < 600 and document.scripts and signs.items == 0:
        return PageKind.SHELL, "hardly any text beside scripts"
    if signs.items >= 8:
        return PageKind.SEARCH, f"{signs.items} items"
    return PageKind.UNKNOWN, f"listing {listing}, search {search}"


def _wall(document: Document, signs: Signs, status: int | None) -> tuple[PageKind, str] | None:
    text = document.visible
    beginning = f"{document.head_title} {text[:3000]}"
    thin = len(text) < 4_000 and not signs.main and signs.items < 3
    if status in (401, 403, 407, 429, 503, 999) and thin:
        return PageKind.BLOCKED, f"status {status}"
    marked = thin and any(_CHALLENGE_MARK.search(s.text[:20_000]) for s in document.scripts[:30])
    if thin and (_CHALLENGE.search(beginning) or (marked and len(text) < 1_500)):
        return PageKind.BLOCKED, "a challenge"
    if status in (404, 410) and (thin or _GONE.search(beginning)):
        return PageKind.GONE, f"status {status}"
    if (
        not signs.main_priced
        and signs.items < 3
        and _GONE.search(f"{document.head_title} {' '.join(document.headings)} {text[:1500] if thin else ''}")
    ):
        return PageKind.GONE, "a removal notice"
    if thin and len(text) < 2_500 and _LOGIN.search(beginning):
        return PageKind.BLOCKED, "a login wall"
    return None


def _talk(document: Document, signs: Signs) -> tuple[PageKind, str] | None:
    path = _path(document)
    kinds = signs.entity_kinds
    if signs.main_priced or (signs.main and signs.posts < 2):
        return None
    generator = document.metas.get("generator", "").lower()
    forum = bool(re.search(r"vbulletin|phpbb|xenforo|discourse|invision|mybb|smf|discuz|vanilla", generator))
    if (
        "thread" in kinds
        or (signs.posts >= 2 and (_THREAD_PATH.search(path) or forum))
        or (_THREAD_PATH.search(path) and signs.posts >= 1 and signs.items < 3)
    ):
        return PageKind.THREAD, "posts of a discussion"
    if signs.posts >= 2 and signs.authors >= 2 and signs.priced_items < signs.posts:
        return PageKind.THREAD, f"{signs.posts} posts by {signs.authors} authors"
    if (
        "channel" in kinds
        or (signs.posts >= 2 and signs.authors <= 1)
        or (_CHANNEL_PATH.search(path) and (signs.posts >= 1 or _followers(document)))
    ):
        return PageKind.CHANNEL, "posts of one channel"
    if "post" in kinds and signs.items < 3:
        return PageKind.POST, "one post"
    return None


def _followers(document: Document) -> bool:
    text = document.visible[:6_000] + document.metas.get("og:description", "")
    return bool(
        re.search(
            r"(?i)\d[\d.,\s]*[KMkтм]?\s*(?:subscribers|followers|members|подписчик\w*|abonnenten|abonnés|seguidores|suscriptores|участник\w*|粉丝|フォロワー|pengikut|người theo dõi)",
            text,
        )
    )


def _path(document: Document) -> str:
    parts = urlsplit(document.canonical or document.url)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _weights(document: Document, signs: Signs) -> tuple[int, int]:
    listing = search = 0
    addresses = {document.url, document.canonical or document.url}
    og_type = document.metas.get("og:type", "").lower()
    listing += 4 if signs.main and signs.main_priced and not signs.summary else (2 if signs.main and not signs.summary else 0)
    listing += 2 if re.search(r"product|item|deal|offer|listing|:ad\b|advert|vehicle|classified", og_type) else 0
    listing += 2 if any(_BUY.match(node.text) for node in document.texts[:3_000] if len(node.text) <= 30) else 0
    listing += 4 if signs.state_main else 0
    listing += 3 if signs.shown_price else 0
    listing += 2 if signs.meta_price else 0
    listing += 1 if signs.seller else 0
    search += 3 if signs.summary else 0
    search += 2 if "list" in signs.entity_kinds else 0
    search += 1 if signs.items >= 5 else 0
    search += 2 if signs.items >= 15 else 0
    search += 1 if signs.state_items >= 8 else 0
    for address in addresses:
        parts = urlsplit(address)
        tail = re.search(r"\d{5,}|[A-Z0-9]{8,}(?:/|$)|\.html?$", parts.path)
        listing += (1 if _LISTING_PATH.search(parts.path) else 0) + (1 if tail else 0)
        search += 2 if _SEARCH_PATH.search(parts.path) else 0
        search += 3 if any(k.lower() in _SEARCH_QUERY for k, _ in parse_qsl(parts.query)[:30]) and not tail else 0
    top = f"{document.head_title} | {' | '.join(document.headings[:3])}"
    search += 3 if _RESULTS.search(top) else (1 if _RESULTS.search(document.visible[:4_000]) else 0)
    return listing, search
