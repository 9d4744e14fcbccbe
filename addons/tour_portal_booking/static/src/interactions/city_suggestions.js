import {debounce} from "@web/core/utils/timing";
import {registry} from "@web/core/registry";
import {Interaction} from "@web/public/interaction";

/**
 * Suggests cities for what was typed so far; without it the name is typed in full.
 */
export class CitySuggestions extends Interaction {
    static selector = ".o_tour_where input[name=city]";
    dynamicContent = {
        _root: {"t-on-input": debounce(this.suggest.bind(this), 250)},
    };

    async suggest() {
        const text = this.el.value.trim();
        const list = document.getElementById("tour_cities");
        if (text.length < 2 || !list) {
            return;
        }
        const answer = await this.waitFor(
            fetch(`/my/tour/new/cities?q=${encodeURIComponent(text)}`)
        );
        if (!answer.ok) {
            return;
        }
        const names = await this.waitFor(answer.json());
        list.replaceChildren(
            ...names.map((name) => {
                const option = document.createElement("option");
                option.value = name;
                return option;
            })
        );
    }
}

registry
    .category("public.interactions")
    .add("tour_portal_booking.city_suggestions", CitySuggestions);
