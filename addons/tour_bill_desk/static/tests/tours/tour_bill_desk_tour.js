import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const DESK = ".o_tour_bill_desk";

tours.add("tour_bill_desk_accountant", {
    steps: () => [
        {
            content: "The oldest one comes first, with what is typed at the bank",
            trigger: `${DESK} .o_tour_bill_name:contains(A-001)`,
        },
        {trigger: `${DESK} dd[data-name=vat]:contains(7701234560)`},
        {trigger: `${DESK} dd[data-name=account]:contains(40702810800000000001)`},
        {trigger: `${DESK} dd[data-name=corr_account]:contains(30101810400000000225)`},
        {trigger: `${DESK} .o_tour_bill_pay_amount:contains("1,001.00")`},
        {trigger: `${DESK} .o_tour_bill_wording:contains(A-001)`},
        {trigger: `${DESK} .o_tour_bill_note:contains(For two guests)`},
        {trigger: `${DESK} .o_tour_bill_lease`},
        {trigger: `${DESK} .o_tour_bill_file img`},
        {trigger: `${DESK} .o_tour_bill_left[data-left='4']`},
        {
            content: "No plan of payments for accountants",
            trigger: `${DESK}:not(:has(.o_tour_bill_week))`,
        },
        {
            content: "A key says that the payment order is made",
            trigger: `${DESK} button[name=order]:enabled`,
            run: "press Alt+q",
        },
        {
            content: "The next one comes by itself",
            trigger: `${DESK} .o_tour_bill_name:contains(A-002)`,
        },
        {trigger: `${DESK} .o_tour_bill_left[data-left='3']`},
        {trigger: `${DESK} .o_tour_bill_done:contains(A-001)`},
        {
            content: "It does not go back without a comment",
            trigger: `${DESK} button[name=send_back]:enabled`,
            run: "press Alt+w",
        },
        {
            trigger: `${DESK} textarea[name=note].is-invalid`,
            run: "edit wrong number",
        },
        {
            trigger: `${DESK} button[name=send_back]:enabled`,
            run: "press Alt+w",
        },
        {trigger: `${DESK} .o_tour_bill_name:contains(A-003)`},
        {
            trigger: `${DESK} textarea[name=note]`,
            run: "edit too early",
        },
        {
            trigger: `${DESK} button[name=to_director]:enabled`,
            run: "press Alt+e",
        },
        {trigger: `${DESK} .o_tour_bill_name:contains(A-004)`},
        {
            trigger: `${DESK} button[name=skip]:enabled`,
            run: "press Alt+n",
        },
        {
            content: "Only what was skipped is left, and comes again when asked for",
            trigger: `${DESK} .o_tour_bill_restart`,
            run: "click",
        },
        {trigger: `${DESK} .o_tour_bill_name:contains(A-004)`},
        {
            trigger: `${DESK} button[name=skip]:enabled`,
            run: "click",
        },
        {trigger: `${DESK} .o_tour_bill_restart`},
    ],
});

tours.add("tour_bill_desk_director", {
    steps: () => [
        {
            content: "Urgent ones come first, and say why they are here",
            trigger: `${DESK} .o_tour_bill_name:contains(B-1)`,
        },
        {trigger: `${DESK} .o_tour_bill_why:contains("100,000 or more")`},
        {trigger: `${DESK} .o_tour_bill_week canvas`},
        {
            content: "Too much is refused: the bill stays, and what was typed",
            trigger: `${DESK} input[name=amount]`,
            run: "edit 999999",
        },
        {
            trigger: `${DESK} textarea[name=note]`,
            run: "edit a part of it",
        },
        {
            trigger: `${DESK} button[name=approve]:enabled`,
            run: "press Alt+q",
        },
        {trigger: `${DESK} .o_tour_bill_error:contains(no more than)`},
        {trigger: `${DESK} .o_tour_bill_name:contains(B-1)`},
        {
            trigger: `${DESK} input[name=amount]:value(999999)`,
            run: "edit 100,000.50",
        },
        {
            trigger: `${DESK} button[name=approve]:enabled`,
            run: "press Alt+q",
        },
        {trigger: `${DESK} .o_tour_bill_name:contains(B-2)`},
        {trigger: `${DESK}:not(:has(.o_tour_bill_error))`},
        {
            trigger: `${DESK} textarea[name=note]`,
            run: "edit too dear",
        },
        {
            trigger: `${DESK} button[name=send_back]:enabled`,
            run: "press Alt+w",
        },
        {
            content: "Nothing is left, and that is said",
            trigger: `${DESK} .o_view_nocontent_smiling_face`,
        },
    ],
});

tours.add("tour_bill_desk_week", {
    steps: () => [
        {trigger: ".o_list_view .o_data_row:contains(A-001)"},
        {
            content: "The chart is above the list",
            trigger: ".o_list_view .o_tour_bill_week canvas",
        },
        {trigger: ".o_tour_bill_week:contains('2,003.00')"},
    ],
});

tours.add("tour_bill_desk_no_week", {
    steps: () => [
        {trigger: ".o_list_view .o_data_row:contains(A-001)"},
        {trigger: ".o_list_view:not(:has(.o_tour_bill_week))"},
    ],
});
