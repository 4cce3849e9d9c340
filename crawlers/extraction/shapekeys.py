"""Names that pages give the fields of a listing in their own data, letters and digits only, in order of trust. Data only."""
# ruff: noqa: E501 - words that belong together stay on one line

from __future__ import annotations

TITLE = ("title", "subject", "name", "headline", "marketplacelistingtitle", "productname", "itemname", "adtitle", "goodsname", "listingtitle", "producttitle", "itemtitle", "shorttitle", "titletext", "itemsubject")  # fmt: skip
PRICE = ("price", "currentprice", "saleprice", "priceamount", "finalprice", "sellingprice", "priceinfo", "pricevalue", "buynowprice", "bidprice", "priceobject", "prices", "listprice", "askingprice", "totalprice", "pricetext", "priceformatted", "displayprice", "pricelabel", "formattedprice", "soldprice", "minprice", "pricemin", "lowprice", "amount", "currentbid", "currentbidamount", "highbid", "preis", "prix", "precio", "preco", "harga", "listingprice", "pricecents", "priceincents")  # fmt: skip
AMOUNT = ("amount", "value", "price", "current", "raw", "units", "cents", "centamount", "minorunits", "formatted", "text", "display", "now", "regular", "main", "sale", "regularprice", "regularpricevalue", "displayvalue", "displayprice", "label", "total", "min")  # fmt: skip
CURRENCY = ("currency", "currencycode", "pricecurrency", "currencyid", "currencyiso", "currencyisocode", "currencysymbol", "iso", "code")  # fmt: skip
SELLER = ("seller", "sellername", "sellerinfo", "user", "username", "shop", "shopname", "store", "storename", "owner", "author", "advertiser", "merchant", "vendor", "vendorname", "accountname", "contactname", "nickname", "sellernick", "profile", "publisher", "account", "member", "anbieter", "marketplacelistingseller", "listingseller", "contact", "dealer", "creator")  # fmt: skip
SELLER_NAME = ("name", "username", "displayname", "nickname", "nick", "login", "sellername", "shopname", "storename", "fullname", "title", "companyname", "publicname", "businessname", "loginname", "accountname", "screenname")  # fmt: skip
PLACE = ("location", "address", "itemlocation", "place", "city", "cityname", "locationname", "region", "area", "geo", "area_name", "locationtext", "locationlabel", "shippedfrom", "shipsfrom", "localization", "province", "municipality", "neighbourhood", "shippingfromarea", "sellerlocation", "prefecture")  # fmt: skip
PLACE_PARTS = (
    ("neighbourhood", "neighborhood", "district", "districtname", "suburb", "ward", "wardname", "neighbourhoodname"),
    ("city", "cityname", "municipality", "locality", "town", "addresslocality", "citylabel"),
    ("statecode", "state", "uf", "statename", "region", "regionname", "province", "provincename", "county", "regionlabel", "department", "addressregion", "areaname"),
    ("country", "countryname", "addresscountry", "countrylabel"),
)  # fmt: skip
"""From small to large."""
ID = ("id", "listid", "adid", "itemid", "listingid", "productid", "goodsid", "sku", "code")  # fmt: skip
URL = ("url", "link", "href", "permalink", "weburl", "canonicalurl", "producturl", "itemurl", "viewurl", "shareurl", "detailurl", "urlpath", "uri", "path", "slug", "seourl")  # fmt: skip
DATE = ("postedat", "createdat", "publishedat", "dateposted", "listtime", "created", "published", "firstpublicationdate", "publicationdate", "creationdate", "datecreated", "createdtime", "addate", "posteddate", "listedat", "startdate", "createddate", "publishdate", "postdate", "origlisttime", "datetime")  # fmt: skip
DESCRIPTION = ("description", "body", "desc", "content", "longdescription", "text", "redacteddescription", "itemdescription")  # fmt: skip
IMAGES = ("images", "photos", "pictures", "imageurls", "thumbnails", "media", "gallery", "image", "photo", "picture")  # fmt: skip
