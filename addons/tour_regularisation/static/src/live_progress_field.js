import {onWillUnmount, useEffect} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {
    ProgressBarField,
    progressBarField,
} from "@web/views/fields/progress_bar/progress_bar_field";

const EVERY = 2000;

/** A progress bar that asks how far it is, as long as its record is running. */
export class LiveProgressField extends ProgressBarField {
    setup() {
        super.setup();
        this.timer = null;
        this.isLeft = false;
        useEffect(
            (isRunning) => {
                if (isRunning) {
                    this.timer = setTimeout(() => this.ask(), EVERY);
                }
                return () => clearTimeout(this.timer);
            },
            () => [this.isRunning]
        );
        onWillUnmount(() => {
            this.isLeft = true;
            clearTimeout(this.timer);
        });
    }

    get isRunning() {
        return this.props.record.data.state === "running";
    }

    async ask() {
        const {record} = this.props;
        // What somebody is typing is not lost for a bar.
        if (!document.hidden && !(await record.isDirty())) {
            await record.load();
        }
        // The answer may come when the page is left already.
        if (this.isRunning && !this.isLeft) {
            this.timer = setTimeout(() => this.ask(), EVERY);
        }
    }
}

registry.category("fields").add("tour_live_progress", {
    ...progressBarField,
    component: LiveProgressField,
});
