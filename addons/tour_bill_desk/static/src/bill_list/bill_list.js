import {onWillStart} from "@odoo/owl";
import {Domain} from "@web/core/domain";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";
import {ListRenderer} from "@web/views/list/list_renderer";
import {listView} from "@web/views/list/list_view";
import {BillWeek} from "../bill_week/bill_week";

/** The list of bills; for the director with the week's chart above it. */
export class BillListRenderer extends ListRenderer {
    static template = "tour_bill_desk.BillListRenderer";
    static components = {...ListRenderer.components, BillWeek};

    setup() {
        super.setup();
        onWillStart(async () => {
            this.isDirector = await user.hasGroup("tour_partner.tour_group_director");
        });
    }

    /** The bills of the bar, as one more filter that one can take away. */
    onSelectBar({name, domain}) {
        this.env.searchModel.createNewFilters([
            {description: name, domain: new Domain(domain).toString()},
        ]);
    }
}

registry.category("views").add("tour_bill_list", {
    ...listView,
    Renderer: BillListRenderer,
});
