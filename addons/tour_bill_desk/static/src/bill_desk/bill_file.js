import {Component, useEffect, useRef, useState} from "@odoo/owl";
import {FileModel} from "@web/core/file_viewer/file_model";
import {useService} from "@web/core/utils/hooks";
import {hidePDFJSButtons} from "@web/core/utils/pdfjs";

/** The bill as it came, in Odoo's own viewer. */
export class BillFile extends Component {
    static template = "tour_bill_desk.BillFile";
    static props = {files: Array};

    setup() {
        this.hotkey = useService("hotkey");
        this.frame = useRef("frame");
        this.state = useState({shown: 0});
        this.files = this.props.files.map((file) =>
            Object.assign(new FileModel(), file)
        );
        useEffect(
            (frame) => {
                if (frame) {
                    hidePDFJSButtons(frame);
                }
            },
            () => [this.frame.el]
        );
    }

    get file() {
        return this.files[this.state.shown];
    }

    /** Keys work also after a click into the file. */
    onLoad() {
        this.hotkey.registerIframe(this.frame.el);
    }
}
