import {CopyButton} from "@web/core/copy_button/copy_button";
import {Dialog} from "@web/core/dialog/dialog";
import {deserializeDateTime, formatDateTime} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {Component} from "@odoo/owl";

/** Shows a private link, this once: nobody can show it again. */
export class LinkDialog extends Component {
    static template = "tour_link.LinkDialog";
    static components = {CopyButton, Dialog};
    static props = {close: Function, until: String, url: String};

    setup() {
        this.title = _t("Private link");
        this.copyText = _t("Copy");
        this.copiedText = _t("Copied");
    }

    get until() {
        return formatDateTime(deserializeDateTime(this.props.until));
    }
}

function showLink(env, action) {
    const {next, until, url} = action.params;
    return new Promise((resolve) => {
        env.services.dialog.add(
            LinkDialog,
            {until, url},
            {
                onClose: () => resolve(next),
            }
        );
    });
}

registry.category("actions").add("tour_link_show", showLink);
