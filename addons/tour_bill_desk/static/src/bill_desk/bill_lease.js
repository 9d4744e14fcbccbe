import {Component, onWillUnmount, useState} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";

/** How long the bill is still the user's; it tells when that is over. */
export class BillLease extends Component {
    static template = "tour_bill_desk.BillLease";
    static props = {seconds: Number, onOver: Function};

    setup() {
        // Counted from a moment, as tabs in the background are called seldom.
        this.end = Date.now() + this.props.seconds * 1000;
        this.state = useState({left: this.props.seconds});
        this.timer = browser.setInterval(() => this.tick(), 1000);
        onWillUnmount(() => browser.clearInterval(this.timer));
    }

    tick() {
        this.state.left = Math.max(Math.ceil((this.end - Date.now()) / 1000), 0);
        if (!this.state.left) {
            browser.clearInterval(this.timer);
            this.props.onOver();
        }
    }

    get text() {
        const seconds = String(this.state.left % 60).padStart(2, "0");
        return `${Math.floor(this.state.left / 60)}:${seconds}`;
    }
}
