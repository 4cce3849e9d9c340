"""Words, addresses and marks that tell what a page is, in the languages of the marketplaces watched. Data only."""
# ruff: noqa: E501 - alternatives of one pattern stay on one line

from __future__ import annotations

import re

CHALLENGE = re.compile(
    r"(?i)verify (?:that )?you(?:'| a)re (?:a )?human|are you a robot|not a robot|robot check|captcha|unusual traffic|checking your browser|just a moment\.\.\.|attention required|access (?:to this page has been )?denied|pardon our interruption|please enable (?:js|javascript|cookies) and|request blocked|security check|bot detection|enter the characters you see|安全验证|滑动验证|访问验证|验证码|доступ ограничен|подтвердите, что вы не робот|докажите, что вы не робот"
)
CHALLENGE_MARK = re.compile(
    r"cf-challenge|cf_chl|challenge-platform|px-captcha|datadome|g-recaptcha|h-captcha|geetest|perimeterx|/captcha/|_Incapsula_|awswaf|ddos-guard",
    re.I,
)
LOGIN = re.compile(
    r"(?i)(?:log ?in|sign ?in|you must be logged in|please log in|create an account) (?:to (?:continue|view|see)|or (?:sign up|register))|log into|login • |you must log in to continue|melde dich an|bitte anmelden|connectez-vous pour|inicia sesión para|entre para|войдите, чтобы|请先登录|登录后|로그인 후|ログインしてください"
)
GONE = re.compile(
    r"(?i)(?:this |the )?(?:listing|ad|advert|item|posting|offer|product|page|post|auction|content|video|message)(?: you (?:are|were) looking for| you requested)? (?:has (?:been |already )?(?:removed|deleted|expired|flagged|ended|sold)|was (?:removed|deleted)|is no longer (?:available|active|online)|(?:isn't|is not|isn’t) available|(?:no longer|does not|doesn't) exists?|has been taken down|could not be found|not found)|this posting has (?:been|expired)|no longer available|page not found|we couldn't find (?:that|this) page"
    r"|anzeige (?:ist |wurde )?(?:nicht mehr verfügbar|gelöscht|deaktiviert|abgelaufen)|(?:seite|angebot) (?:wurde )?nicht (?:gefunden|mehr verfügbar)|annonce (?:n'est plus|n’est plus|a été supprimée|désactivée|introuvable)|cette annonce (?:est désactivée|n.est plus)|anuncio (?:ya no está|no existe|eliminado|caducado|no disponible|finalizado|pausado)|anúncio (?:não (?:está mais )?(?:disponível|encontrado|existe)|expirado|removido)|annuncio (?:non (?:è più )?(?:disponibile|presente)|scaduto|rimosso)|advertentie (?:is )?(?:niet meer (?:beschikbaar|online)|verwijderd|verlopen)|ogłoszenie (?:nie jest już dostępne|wygasło|zostało usunięte|nieaktualne)|inzerát (?:byl smazán|neexistuje|již není)"
    r"|объявление (?:снято|удалено|закрыто|не найдено|больше не|неактивно|в архиве)|оголошення (?:видалено|неактивне|не знайдено|більше не)|товар (?:снят|удал[её]н|не найден)|страница (?:не найдена|удалена)|bu ilan (?:yayında değil|kaldırıl|silin)|ilan (?:yayından kaldırıl|bulunamadı)|annonsen (?:finnes ikke|er slettet|är borttagen|har tagits bort|hittades inte)|annoncen (?:er slettet|findes ikke)|ilmoitus(?:ta)? (?:ei löyd|on poistettu|poistettu)"
    r"|商品已下架|宝贝不存在|该商品已(?:下架|删除|售出|失效)|已下架|页面不存在|商品不存在|この商品は(?:削除|存在しません|ありません)|該当する商品は|ページが見つかりません|削除された可能性|삭제된 (?:상품|게시)|존재하지 않는|판매가 종료|ไม่พบ(?:ประกาศ|สินค้า|หน้า)|ประกาศนี้(?:ถูกลบ|หมดอายุ)|tin (?:đăng )?(?:đã (?:bị )?(?:xóa|ẩn|hết hạn)|không tồn tại)|iklan (?:ini )?(?:tidak (?:tersedia|aktif|ditemukan)|sudah (?:dihapus|tidak))|produk tidak (?:ditemukan|tersedia)|الإعلان (?:غير متوفر|محذوف|تم حذف|منتهي)|هذا الإعلان (?:لم يعد|تم حذفه|غير)|halaman tidak ditemukan|strona nie istnieje|no se encuentra disponible"
)
SEARCH_PATH = re.compile(
    r"/(?:forums?|forumdisplay|viewforum|search|sch|suche|recherche|buscar|busca|busqueda|ricerca|zoeken|szukaj|hledat|haku|arama|sok|sog|poisk|find|results|browse|[\w-]{0,20}category|categories|categoria|categorie|kategorie|kategori|cat|collections?|catalog|listado|list|listings?|shop|all|tag|tags|for-sale|gallery|items|oferty|ogloszenia|annonces|anzeigen|anuncios|d/.*search)(?:[/.\-?]|$)|/(?:s|q|c|l)(?:[/?]|$)",
    re.I,
)
SEARCH_QUERY = frozenset(
    [
        "hledat",
        "hledej",
        "szo",
        "kereses",
        "cauta",
        "cautare",
        "ara",
        "aranan",
        "buscar",
        "busca",
        "ricerca",
        "zoek",
        "zoekterm",
        "haku",
        "sok",
        "sog",
        "recherche",
        "suche",
        "poisk",
        "tukhoa",
        "tu_khoa",
        "cari",
        "pencarian",
        "search_word",
        "searchword",
        "search-query",
        "query_text",
        "q",
        "query",
        "keyword",
        "keywords",
        "k",
        "search",
        "search_query",
        "searchword",
        "s",
        "text",
        "kw",
        "term",
        "wd",
        "w",
        "sokeord",
        "szukaj",
        "suchbegriff",
        "what",
        "stichwort",
        "searchtext",
        "search_keyword",
        "searchstring",
        "key",
        "find",
        "string",
        "st",
        "query_string",
        "title_q",
    ]
)
LISTING_PATH = re.compile(
    r"/(?:item|itm|items|dp|listing|listings|ad|ads|advert|product(?!-(?:cat|tag|type))|products|p|ip|offer|offers|oferta|auction|lot|lots|i|d|detail|details|annonce|anuncio|anzeige|annuncio|view|goods|deal|deals|iad|vi|vip|obyavlenie|ilan|tin)(?:[/.\-]|$)",
    re.I,
)
THREAD_PATH = re.compile(
    r"/(?:comments|threads?|topic|topics|showthread|viewtopic|t|forum/thread|discussion|comments|posts?/\d+/comments|questions)(?:[/.\-]|$)|showthread\.php|viewtopic\.php|[?&](?:tid|topic|thread)=\d",
    re.I,
)
CHANNEL_PATH = re.compile(
    r"^/(?:s/[\w-]+|@[\w.-]+|channel/[\w-]+|c/[\w-]+|user/[\w.-]+|groups?/[\w.-]+|club\d+|public\d+|wall-?\d+|r/[\w-]+)/?$", re.I
)
POST_PATH = re.compile(
    r"/(?:p|reel|status|statuses|video|watch|shorts|posts|photo|permalink)/[\w-]+|/watch\?v=|wall-?\d+_\d+|/[a-z_][\w]{3,31}/\d+/?$", re.I
)
RESULT_COUNT = re.compile(
    r"(?i)\b\d[\d.,\s]*\+?\s*(?:results?|items?|listings?|ads?|products?|offers?|ergebnisse|anzeigen|treffer|angebote|résultats?|annonces?|resultados?|anuncios?|anúncios?|risultati|annunci|resultaten|advertenties|wyników|ogłoszeń|ofert|výsledků|inzerátů|találat|rezultate|anunțuri|объявлени\w*|результат\w*|товар\w*|оголошен\w*|sonuç|ilan|tulosta|ilmoitusta|träffar|annonser|treff|resultater|iklan|hasil|produk|kết quả|tin đăng|sản phẩm)\b"
)
"""A number of results; matched where a run of digits begins."""
RESULT_WORDS = re.compile(r"検索結果|件中|搜索结果|搜尋結果|件商品|검색결과|검색 결과|ผลการค้นหา|نتائج البحث|نتيجة")
NO_RESULTS = re.compile(
    r"(?i)\b(?:no|0|zero) (?:results|items|listings|ads|products|matches)|did not match|nothing found|keine (?:ergebnisse|anzeigen|treffer)|aucun(?:e)? (?:résultat|annonce)|sin resultados|no (?:se han encontrado|encontramos|hay)|nenhum (?:resultado|anúncio)|nessun (?:risultato|annuncio)|geen (?:resultaten|advertenties)|brak (?:wyników|ogłoszeń)|ничего не найдено|не найдено|по вашему запросу ничего|нічого не знайдено|sonuç bulunamadı|ei (?:tuloksia|hakutuloksia)|inga (?:träffar|annonser)|ingen (?:treff|resultater)|見つかりませんでした|該当する商品がありません|没有找到|找不到|검색 ?결과가 없|ไม่พบ|không tìm thấy|tidak ditemukan|لا توجد نتائج"
)
BUY = re.compile(
    r"(?i)^(?:add to (?:cart|basket|bag|trolley)|buy (?:it )?now|buy|place bid|bid now|bid|make (?:an )?offer|contact (?:the )?seller|message seller|chat with seller|chat|call|reply|show (?:phone|contact|number)|show phone number|in den warenkorb|sofort[- ]?kaufen|nachricht schreiben|anbieter kontaktieren|ajouter au panier|acheter|contacter(?: le vendeur)?|envoyer un message|añadir al carrito|agregar al carrito|comprar(?: ahora| agora)?|contactar|adicionar ao carrinho|aggiungi al carrello|acquista|contatta|in winkelwagen|bericht|bieden|dodaj do koszyka|kup teraz|wyślij wiadomość|do košíku|kosárba|в корзину|купить|показать телефон|написать(?: продавцу)?|позвонить|до кошика|купити|sepete ekle|satın al|mesaj gönder|lisää ostoskoriin|osta|lägg i varukorg|köp|legg i handlekurv|kjøp|send melding|læg i kurv|カートに入れる|購入手続きへ|今すぐ購入|入札する|加入购物车|立即购买|加入購物車|직접구매|장바구니|구매하기|채팅하기|เพิ่มลงตะกร้า|ซื้อเลย|แชท|thêm vào giỏ(?: hàng)?|mua ngay|gọi|tambah ke keranjang|beli sekarang|\+ keranjang|hubungi penjual|أضف إلى السلة|اشتري الآن|اتصل|محادثة)$"
)
FOLLOWERS = re.compile(
    r"(?i)\d[\d.,\s]*[KMkтм]?\s*(?:subscribers|followers|members|подписчик\w*|abonnenten|abonnés|seguidores|suscriptores|участник\w*|粉丝|フォロワー|pengikut|người theo dõi)"
)
