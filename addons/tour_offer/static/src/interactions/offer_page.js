import {registry} from "@web/core/registry";
import {Interaction} from "@web/public/interaction";

/**
 * Tells that a person has the page open: programs that fetch links run no script.
 */
export class OfferPage extends Interaction {
    static selector = ".o_tour_offer_page";

    start() {
        const url = this.el.dataset.seenUrl;
        if (url) {
            this.waitFor(fetch(url, {method: "POST", keepalive: true})).catch(() => {});
        }
        this.el.querySelector("[role=alert]")?.focus();
    }
}

registry.category("public.interactions").add("tour_offer.offer_page", OfferPage);
