"""Who registers in the story, and what clients agree to."""

# An address that is nobody's.
ADDRESS = "203.0.113.25"
PASSWORD = "Made-up-story-1"
REJECTED = "We work with agencies only; please book through one of our agents."

# By login. Two wait, one was approved, one rejected.
REQUESTS = {
    "northwind": {
        "kind": "legal_agent",
        "number": 710,
        "values": {
            "company_name": "Agency Northern Wind",
            "name": "Vera Zimina",
            "function": "Director",
            "phone": "+7 495 000-07-10",
            "zip": "101000",
            "city": "Moscow",
            "street": "Made-up lane 7",
        },
        "end": "approved",
    },
    "vesna": {
        "kind": "legal_agent",
        "number": 711,
        "values": {
            "company_name": "Agency Vesna",
            "name": "Olga Lvova",
            "function": "Manager",
            "phone": "+7 495 000-07-11",
            "zip": "190000",
            "city": "Saint Petersburg",
            "street": "Invented embankment 11",
            "note": "We sell tours to Karelia and ask for an agency contract.",
        },
        "end": None,
    },
    "petrov": {
        "kind": "person_client",
        "number": 712,
        "values": {
            "name": "Pyotr Petrov",
            "phone": "+7 495 000-07-12",
            "city": "Kazan",
            "zip": "",
            "street": "",
        },
        "end": None,
    },
    "spam": {
        "kind": "person_client",
        "number": 713,
        "values": {
            "name": "Best Offers",
            "phone": "+7 495 000-07-13",
            "city": "Nowhere",
            "zip": "",
            "street": "",
        },
        "end": "rejected",
    },
}

TEXTS = {
    "en_US": """<ol>
<li>Whatever is done in the portal after logging in is answered for by the user whose
access it is.</li>
<li>The user keeps his login and password to himself.</li>
<li>Pressing "I agree" at a contract counts as having signed it, until the originals
with signatures and stamps are there.</li>
<li>Pressing "Confirm" at a booking sheet counts as having signed it, until the
originals of the annex to the contract are there.</li>
</ol>""",
    "ru_RU": """<ol>
<li>Ответственность за все действия, производимые в личном кабинете после авторизации,
лежит на пользователе, которому принадлежат реквизиты доступа.</li>
<li>Пользователь обязан сохранять конфиденциальность своего логина и пароля.</li>
<li>Нажатие кнопки «Согласен» с условиями договора приравнивается к надлежащему
оформлению этого договора на период до оформления оригиналов с подписями и
печатями.</li>
<li>Нажатие кнопки «Подтвердить» в листе бронирования приравнивается к надлежащему
оформлению этого документа на период до оформления оригиналов приложения к
договору.</li>
</ol>""",
    "fr_FR": """<ol>
<li>L'utilisateur répond de tout ce qui est fait sur le portail avec son accès.</li>
<li>L'utilisateur garde secrets son identifiant et son mot de passe.</li>
<li>Le bouton « J'accepte » d'un contrat vaut signature de celui-ci, jusqu'à
l'établissement des originaux signés et cachetés.</li>
<li>Le bouton « Confirmer » d'une fiche de réservation vaut signature de celle-ci,
jusqu'à l'établissement des originaux de l'annexe au contrat.</li>
</ol>""",
    "hu_HU": """<ol>
<li>A bejelentkezés után a portálon végzett minden műveletért az a felhasználó felel,
akié a hozzáférés.</li>
<li>A felhasználó köteles titokban tartani a bejelentkezési nevét és a jelszavát.</li>
<li>A szerződésnél az „Elfogadom” gomb megnyomása az aláírt és lepecsételt eredeti
példányok elkészültéig a szerződés megkötésének minősül.</li>
<li>A foglalási lapnál a „Megerősítem” gomb megnyomása a szerződés mellékletének eredeti
példányai elkészültéig annak aláírásának minősül.</li>
</ol>""",
}
