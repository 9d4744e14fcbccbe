import {Chatter} from "@mail/chatter/web_portal/chatter";
import {Component} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

/** The conversation of the record inside a tab, so that the form has the whole width. */
export class ConversationWidget extends Component {
    static template = "tour_booking.ConversationWidget";
    static components = {Chatter};
    static props = {...standardWidgetProps};

    saveRecord() {
        return this.props.record.save();
    }
}

export const conversationWidget = {component: ConversationWidget};

registry.category("view_widgets").add("tour_conversation", conversationWidget);
