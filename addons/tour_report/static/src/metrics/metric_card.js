import {markRaw, onWillStart, onWillUpdateProps, useState} from "@odoo/owl";
import {download} from "@web/core/network/download";
import {RPCError} from "@web/core/network/rpc";
import {KeepLast} from "@web/core/utils/concurrency";
import {useService} from "@web/core/utils/hooks";

/**
 * What the server refuses is said, and nothing more happens.
 */
export function useRefusals() {
    const notification = useService("notification");
    return async (promise) => {
        try {
            return await promise;
        } catch (error) {
            if (!(error instanceof RPCError)) {
                throw error;
            }
            notification.add(error.data?.message || error.message, {type: "danger"});
            return undefined;
        }
    };
}

/**
 * What a chart and a table have in common: they are read whenever something else is
 * chosen, without the screen waiting for them, and are saved as XLSX.
 *
 * @param {String} method of the server's model
 * @param {Function} getProps
 */
export function useMetric(method, getProps) {
    const orm = useService("orm");
    const refuse = useRefusals();
    const keepLast = new KeepLast();
    const state = useState({data: null, isLoading: true});

    async function load({card, params}) {
        state.isLoading = true;
        const args = [card.code, params];
        const data = await refuse(
            keepLast.add(orm.call("tour.report.metric", method, args))
        );
        // Raw: Chart.js watches the arrays itself.
        state.data = data ? markRaw(data) : state.data;
        state.isLoading = false;
    }
    onWillStart(() => {
        load(getProps());
    });
    onWillUpdateProps((props) => {
        if (props.params !== getProps().params) {
            load(props);
        }
    });
    return {
        state,
        saveSheet() {
            const {card, params} = getProps();
            const data = {metric: card.code, params: JSON.stringify(params)};
            return refuse(download({url: "/tour_report/metrics/xlsx", data}));
        },
    };
}
