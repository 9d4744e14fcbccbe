"""What is allowed to whom, to be read by people.  What is not here is refused.

The tests hold it against the server in both directions: a right that is granted and
not written here fails, as does a model, a field or a method that is new and not here.
"""

# Who asks, left to right in the table below.  `portal` is an ordinary user of a
# client, `curator` the client's curator, `clerk` an employee without a role in Tour;
# nobody at all (no key, a wrong key) is refused everywhere.
ROLES = {
    "portal": "alpha_user",
    "curator": "alpha_curator",
    "clerk": "clerk",
    "staff": "staff",
    "own": "own",
    "all": "all",
    "head": "head",
    "director": "director",
    "accountant": "accountant",
    "editor": "editor",
    "boss": "boss",
}
CLIENTS = ("portal", "curator")

# c create, r read, w write, d delete; a dot: nothing.
MODELS = """
model                       portal curator clerk staff own  all  head director accountant editor boss
sale.order                  r      r       .     .     crw  crw  crwd r        rw         .      crwd
sale.order.line             r      r       .     .     crwd crwd crwd r        rw         .      crwd
tour.guest                  r      r       .     .     crwd crwd crwd r        r          .      crwd
tour.booking.event          .      .       .     .     r    r    r    r        r          .      r
tour.booking.deal           .      .       .     .     .    .    .    .        .          .      r
tour.booking.status         .      .       .     r     r    r    rw   r        r          r      rw
tour.client.status          r      r       .     r     r    r    rw   r        r          r      crwd
tour.service.type           r      r       .     r     r    r    crw  r        r          r      crwd
tour.booking.move           .      .       .     .     crwd crwd crwd .        .          .      crwd
tour.booking.edit           .      .       .     .     .    .    .    .        .          .      r
tour.price.entry            .      .       .     .     r    r    r    r        r          .      r
tour.price.history          .      .       .     .     r    r    r    r        r          .      r
tour.confirmation           .      .       .     .     r    r    r    r        r          .      r
tour.confirmation.answer    .      .       .     .     crwd crwd crwd .        .          .      crwd
tour.cancellation.rule      .      .       .     r     r    r    crwd r        r          crwd   crwd
tour.cancellation.step      .      .       .     r     r    r    crwd r        r          crwd   crwd
tour.change                 .      .       .     .     crw  crw  crwd r        r          .      crwd
tour.change.line            .      .       .     .     crwd crwd crwd r        r          .      crwd
tour.change.event           .      .       .     .     r    r    r    r        r          .      r
tour.change.move            .      .       .     .     crwd crwd crwd .        .          .      crwd
tour.regularisation         .      .       .     .     .    .    r    r        .          .      crwd
tour.regularisation.line    .      .       .     .     .    .    r    r        .          .      r
tour.reposting              .      .       .     .     r    r    r    r        r          .      r
tour.overpayment            .      .       .     .     crw  crw  crw  r        crw        .      crw
tour.overpayment.part       .      .       .     .     r    r    r    r        r          .      r
tour.overpayment.close      .      .       .     .     .    .    crwd .        crwd       .      crwd
tour.overpayment.credit     .      .       .     .     .    .    .    r        r          .      r
tour.today                  .      .       .     .     r    r    r    r        r          .      r
tour.today.snooze           .      .       .     .     crwd crwd crwd crwd     crwd       .      crwd
tour.checklist.template     .      .       .     r     r    r    crwd r        r          r      crwd
tour.checklist.item         .      .       .     .     crw  crw  crwd r        rw         .      crwd
tour.link                   .      .       .     .     r    r    r    r        .          .      r
tour.link.use               .      .       .     .     r    r    r    r        .          .      r
tour.link.make              .      .       .     .     crwd crwd crwd .        .          .      crwd
tour.supplier.answer        .      .       .     .     r    r    r    r        r          .      r
tour.guest.look             .      .       .     .     .    .    r    .        .          .      r
tour.offer                  .      .       .     .     crwd crwd crwd r        r          .      crwd
tour.offer.variant          .      .       .     .     crwd crwd crwd r        r          .      crwd
tour.offer.service          .      .       .     .     crwd crwd crwd r        r          .      crwd
tour.offer.link             .      .       .     .     r    r    r    r        r          .      r
tour.offer.move             .      .       .     .     crwd crwd crwd .        .          .      crwd
tour.offer.copy.link        .      .       .     .     crwd crwd crwd .        .          .      crwd
tour.contract               .      .       .     .     r    r    crwd r        crw        .      crwd
tour.contract.type          .      .       .     r     r    r    crwd r        crw        r      crwd
tour.contract.move          .      .       .     .     .    .    crwd .        crwd       .      crwd
tour.contact                .      .       .     .     crwd crwd crwd crwd     crwd       .      crwd
tour.contact.report         .      .       .     .     r    r    r    r        r          .      r
tour.document               r      r       .     .     crw  crw  crwd r        crw        .      crwd
tour.document.version       .      .       .     .     r    r    r    r        r          .      r
tour.document.template      .      .       .     r     r    r    crwd r        r          r      crwd
tour.voucher.check          .      .       .     .     .    .    .    .        .          .      r
tour.payment.order          .      .       .     .     r    r    r    r        r          .      r
tour.payment.order.file     .      .       .     .     .    .    r    r        r          .      r
tour.payment.order.suggestion .    .       .     .     r    r    r    r        r          .      r
tour.payment.order.upload   .      .       .     .     .    .    crwd .        crwd       .      crwd
tour.payment.order.move     .      .       .     .     crwd crwd crwd .        crwd       .      crwd
tour.bill.reading           .      .       .     .     r    r    r    r        r          .      r
tour.bill.layout            .      .       .     .     r    r    crwd .        crwd       .      crwd
tour.bill.layout.line       .      .       .     .     r    r    crwd .        crwd       .      crwd
tour.document.row           .      .       .     .     rw   rw   rw   r        rw         .      rw
tour.document.seal          .      .       .     .     .    .    crwd .        .          .      crwd
tour.document.default       .      .       .     r     crwd crwd crwd r        crwd       r      crwd
tour.refund                 r      r       .     .     r    r    r    r        r          .      r
tour.refund.make            .      .       .     .     .    .    crwd .        crwd       .      crwd
tour.refund.make.line       .      .       .     .     .    .    crwd .        crwd       .      crwd
tour.refund.reject          .      .       .     .     .    .    crwd .        crwd       .      crwd
tour.bank.file              .      .       .     .     .    .    r    r        r          .      r
tour.bank.proposal          .      .       .     .     .    .    r    r        r          .      r
tour.bank.table             .      .       .     .     .    .    .    r        crwd       .      crwd
tour.bank.match             .      .       .     .     .    .    .    .        crwd       .      crwd
tour.bank.remake            .      .       .     .     .    .    .    .        crwd       .      crwd
tour.bill.event             .      .       .     r     r    r    r    r        r          r      r
tour.bill.rule              .      .       .     .     .    .    r    crwd     r          .      crwd
tour.bill.authority         .      .       .     .     .    .    .    crwd     r          .      crwd
tour.bill.substitute        .      .       .     .     .    .    .    crwd     r          .      crwd
tour.bill.act               .      .       .     .     crwd crwd crwd crwd     crwd       .      crwd
tour.bill.prepare           .      .       .     .     crwd crwd crwd .        crwd       .      crwd
tour.bill.upload            .      .       .     .     crwd crwd crwd .        crwd       .      crwd
tour.bill.match             .      .       .     .     r    r    r    r        r          .      r
tour.bill.allot             .      .       .     .     crwd crwd crwd .        crwd       .      crwd
tour.bill.allot.line        .      .       .     .     crwd crwd crwd .        crwd       .      crwd
tour.bill.dispute           .      .       .     .     crwd crwd crwd .        crwd       .      crwd
tour.expected.bill          .      .       .     .     r    r    r    r        r          .      r
tour.money.day.line         .      .       .     .     .    .    r    r        r          .      r
tour.topup                  r      r       .     .     cr   cr   crwd r        crwd       .      crwd
tour.topup.pay              .      .       .     .     .    .    crwd .        crwd       .      crwd
tour.statement              .      .       .     .     crwd crwd crwd crwd     crwd       .      crwd
tour.signoff                r      r       .     .     r    r    rw   r        rw         .      rw
tour.signoff.line           r      r       .     .     r    r    r    r        r          .      r
tour.signoff.ask            .      .       .     .     .    .    crwd .        crwd       .      crwd
tour.signoff.act            .      .       .     .     .    .    crwd .        crwd       .      crwd
tour.rating.request         .      .       .     .     .    .    .    .        .          .      r
tour.help.request           .      .       .     .     crw  crw  crwd crw      crw        .      crwd
tour.help.kind              .      .       .     r     r    r    crwd r        r          r      crwd
tour.help.tag               .      .       .     r     r    r    crwd r        r          r      crwd
tour.agreement              .      .       .     .     r    r    r    r        r          .      r
tour.booklet                .      .       .     .     r    r    r    r        r          .      r
tour.booklet.item           .      .       .     .     crwd crwd crwd r        r          .      crwd
tour.booklet.version        .      .       .     .     r    r    r    r        r          .      r
tour.booklet.edition        .      .       .     .     r    r    r    r        r          .      r
tour.booklet.add            .      .       .     .     crwd crwd crwd .        .          .      crwd
tour.archive.folder         r      r       .     r     r    r    crwd r        r          r      crwd
tour.archive.file           r      r       .     crwd  crwd crwd crwd crwd     crwd       crwd   crwd
tour.archive.version        .      .       .     r     r    r    r    r        r          r      r
tour.invoice.pay            .      .       .     .     .    .    crwd .        crwd       .      crwd
tour.invoice.extra          .      .       .     .     crwd crwd crwd .        crwd       .      crwd
tour.invoice.extra.line     .      .       .     .     crwd crwd crwd .        crwd       .      crwd
tour.collection             .      .       .     .     r    r    r    r        r          .      r
tour.gift.cheque            .      .       .     .     .    .    crwd r        crwd       .      crwd
tour.gift.try               .      .       .     .     .    .    .    .        .          .      r
tour.accounting.export      .      .       .     .     .    .    r    r        r          .      r
tour.accounting.item        .      .       .     .     .    .    r    r        r          .      r
tour.accounting.fault       .      .       .     .     .    .    r    r        r          .      r
tour.accounting.tax         .      .       .     .     .    .    crwd r        crwd       .      crwd
tour.accounting.account     .      .       .     .     .    .    crwd r        crwd       .      crwd
tour.accounting.make        .      .       .     .     .    .    crwd .        crwd       .      crwd
tour.import                 .      .       .     .     .    .    crwd .        .          crwd   crwd
tour.import.column          .      .       .     .     .    .    crwd .        .          crwd   crwd
tour.import.profile         .      .       .     .     .    .    crwd .        .          crwd   crwd
tour.import.profile.column  .      .       .     .     .    .    crwd .        .          crwd   crwd
tour.import.fault           .      .       .     .     .    .    r    .        .          r      r
tour.import.field           .      .       .     .     .    .    r    .        .          r      r
tour.import.key             .      .       .     .     .    .    r    .        .          r      r
tour.import.progress        .      .       .     .     .    .    r    .        .          r      r
tour.registration           .      .       .     .     .    .    rw   .        .          .      rw
tour.registration.approve   .      .       .     .     .    .    crwd .        .          .      crwd
tour.registration.reject    .      .       .     .     .    .    crwd .        .          .      crwd
tour.registration.try       .      .       .     .     .    .    .    .        .          .      r
tour.password.set           .      .       .     .     .    .    crwd .        .          .      crwd
tour.usage.agreement        .      .       .     .     .    .    r    r        .          .      crwd
tour.usage.text             .      .       .     .     .    .    r    r        .          .      crwd
tour.usage.acceptance       .      .       .     .     .    .    r    r        .          .      r
tour.catalog.category       .      .       .     r     r    r    crwd r        r          r      crwd
tour.catalog.service        .      .       .     r     r    r    crwd r        r          r      crwd
tour.catalog.field          .      .       .     r     r    r    crwd r        r          r      crwd
tour.catalog.picture        .      .       .     r     r    r    crwd r        r          r      crwd
tour.catalog.question       .      .       .     .     rw   rw   rw   r        r          .      rw
tour.catalog.make           .      .       .     .     crwd crwd crwd .        .          .      crwd
tour.catalog.make.line      .      .       .     .     crwd crwd crwd .        .          .      crwd
tour.report.service         .      .       .     .     r    r    r    r        r          .      r
tour.report.article         .      .       .     .     .    .    r    r        r          .      r
tour.report.run             .      .       .     .     r    r    r    r        r          .      r
tour.report.schedule        .      .       .     .     .    .    crwd r        crw        .      crwd
tour.report.ask             .      .       .     .     crwd crwd crwd crwd     crwd       .      crwd
tour.company.group          .      .       .     r     r    crw  crwd r        r          r      crwd
tour.city                   .      .       .     r     r    r    crwd r        r          crwd   crwd
tour.hotel                  .      .       .     r     r    r    crwd r        r          crwd   crwd
tour.room                   .      .       .     r     r    r    crwd r        r          crwd   crwd
tour.rate                   .      .       .     r     r    r    crwd r        r          crwd   crwd
tour.rate.season            .      .       .     r     r    r    crwd r        r          crwd   crwd
tour.season                 .      .       .     r     r    r    crwd r        r          crwd   crwd
tour.meal.price             .      .       .     r     r    r    crwd r        r          crwd   crwd
tour.portal.mark            .      .       .     .     r    r    r    .        .          .      r
tour.portal.once            .      .       .     .     .    .    .    .        .          .      r
tour.portal.draft           r      r       .     .     .    .    .    .        .          .      r
tour.price.calculator       .      .       .     crw   crw  crw  crw  crw      crw        crw    crw
tour.notification.category  r      r       r     r     r    r    r    r        r          r      r
tour.notification.choice    r      r       r     r     crwd crwd crwd r        crwd       crwd   crwd
res.partner                 r      r       r     r     crwd crwd crwd r        crwd       crwd   crwd
res.users                   r      r       r     r     r    r    r    r        r          r      crwd
account.move                r      r       .     .     r    r    r    r        crwd       .      crwd
"""  # noqa: E501 - a table.
OPERATIONS = {"c": "create", "r": "read", "w": "write", "d": "unlink"}
# Extended by a field or two; who may do what is Odoo's and not ours to say.
ODOO_MODELS = {
    "account.analytic.distribution.model",
    "account.bank.statement.line",
    "account.journal",
    "account.move.line",
    "account.partial.reconcile",
    "account.payment",
    "account.payment.register",
    "account.payment.term",
    "account.payment.term.line",
    "account.tax",
    "crm.lead",
    "ir.attachment",
    "ir.ui.menu",
    "mail.message",
    "mail.notification",
    "payment.provider",
    "payment.transaction",
    "product.template",
    "rating.rating",
    "res.bank",
    "res.company",
    "res.config.settings",
    "res.currency",
    "res.partner.bank",
    "res.users.settings",
}

# Fields of ours that a client may read on the records that he may read.
CLIENT_FIELDS = {
    "sale.order": """
        is_tour_booking client_status_id client_user_id created_by_client
        consignee_id company_group_id client_phone guest_ids
        client_order_ref manager_name hotel_ids city_ids service_type_ids
        client_name service_summary service_date_from service_date_to
        has_accommodation has_transfer has_other_service
        invoices_paid refund_amount refund_state
        has_penalty penalty_when penalty_amount nights_stayed
        may_cancel_with_penalty may_change_responsible
        accepted_by_client needs_client_confirmation free_until company_currency_id
        client_payment_state
        portal_client_id
        """,
    "sale.order.line": """
        service_type_id service_kind hotel_id city_id room_id rate_id meal rooms
        date_from hour_from date_to hour_to nights early_arrival late_departure
        route car_class transport_number service_text guest_ids guest_paste
        client_discount_percent client_discount_amount
        confirmation_number confirmed_on guest_count cancellation_text free_until
        """,
    "tour.guest": "*",
    # What he typed himself.
    "tour.portal.draft": "*",
    "tour.refund": """
        move_id company_id currency_id partner_id order_ids amount by_client
        client_reason reject_reason state decided_on
        """,
    "tour.topup": """
        name company_id partner_id currency_id amount date by_client cancelled
        paid_amount state
        """,
    "tour.signoff": """
        name company_id partner_id currency_id date_from date_to opening debit credit
        closing line_ids line_count content_hash state deadline signed_by_id
        signed_name signed_on signed_address withdraw_reason
        open_count agreed_count disputed_count answered_count
        """,
    "tour.signoff.line": """
        signoff_id number date document booking currency_id partner_id debit credit
        balance state comment commented_by_id commented_on answer answered_on revision
        """,
    "tour.document": "*",
    # Files that were opened to him, and folders; nothing of who else sees them.
    "tour.archive.file": """
        name description active access_path version_number changed_on file_size
        """,
    "tour.archive.folder": "name sequence",
    "tour.client.status": "*",
    "tour.service.type": "*",
    "tour.notification.category": "*",
    "tour.notification.choice": "*",
    "res.partner": """
        type kpp ogrn consignee_ids consignee_count company_group_id is_curator
        tour_user_count tour_bill_count allow_cancel_penalty
        tour_client_agent tour_client_corporate tour_supplier tour_channel_manager
        is_tour_client tax_id_warning client_pricelist_id client_price_count
        """,
    "res.users": "is_curator may_take_bookings default_client_id",
    # What stands on our papers, and settings that tell him nothing he is not told.
    "res.company": """
        tour_archive_days tour_closed_until
        tour_signatory_name tour_signatory_title tour_accountant_name
        tour_confirm_deadline_days tour_confirm_may_withdraw tour_confirm_remind_days
        tour_confirm_silence tour_guest_data_days tour_guest_link_days
        tour_supplier_link_days tour_booklet_auto
        tour_help_reopen_days
        tour_one_open_invoice tour_payment_term_id tour_due_reminder_days
        tour_collect_attempts tour_collect_days
        tour_gift_journal_id tour_gift_expense_account_id
        tour_new_booking_nights tour_new_booking_rooms tour_new_booking_guests
        tour_draft_days
        """,
    # Of his invoices; the first two of supplier bills only, which are none of his.
    "account.move": """
        tour_order_ids payment_count
        tour_booking_ids tour_shown_on client_payment_state
        """,
    "account.move.line": "discount",
}


def table():
    """Return {model: {role: set of operations}}."""
    head, *rows = [line.split() for line in MODELS.strip().splitlines()]
    assert head[1:] == list(ROLES), "The columns are the roles."
    return {
        name: {
            role: {OPERATIONS[letter] for letter in cell if letter != "."}
            for role, cell in zip(head[1:], cells, strict=True)
        }
        for name, *cells in rows
    }


# How a client changes his booking, and answers: {method: what a call of it gives}.
CHANGES = {
    "action_accept_change": {"change_id": 1, "fingerprint": "x"},
    "action_client_accept": {},
    "action_client_decline": {"note": "x"},
    "action_request_cancel": {"comment": "x"},
    "action_request_change": {"comment": "x"},
    "action_withdraw_change": {"change_id": 1},
    "get_cancellation_preview": {},
    "get_change_preview": {"services": []},
    "get_change_requests": {},
    "get_pending_changes": {},
}

# Methods of ours that a client may call, each with the reason.
CLIENT_METHODS = {
    # Names of statuses; on his own bookings it answers that he may make no move.
    ("sale.order", "get_allowed_moves"),
    # Odoo's own: which form a record opens in.
    ("sale.order", "get_formview_id"),
    # Odoo's own, which checks that he may write in the conversation.
    ("sale.order", "message_post"),
    # What his own bookings cost to change, his requests, his answers: each asks first
    # whether the booking is his (`test_changes_are_asked_for_by_their_client_only`).
    *(("sale.order", method) for method in CHANGES),
    # A paper that is open to him he may also write about.
    ("tour.document", "message_post"),
    # To contract and booking sheet: by a client himself, to what is open to him.
    ("tour.document", "action_client_agree"),
    # The address of a file that was opened to him.
    ("tour.archive.file", "action_open"),
    # Of a refund of his, too.
    ("tour.refund", "message_post"),
    # A statement that he was mailed he may answer.
    ("tour.signoff", "message_post"),
    # Asks his money back, and pays from his account: both look first whether the
    # invoice was shown to him; makes himself an invoice, for his own company only.
    ("account.move", "action_ask_refund"),
    ("account.move", "action_pay_from_account"),
    ("tour.topup", "action_ask_topup"),
}
