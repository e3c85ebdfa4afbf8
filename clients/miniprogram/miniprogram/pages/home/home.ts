/** 首页: what I have, what is next, and where the rest is. */

import { client } from "../../hourbook.js";
import { readHome, type Home } from "../../logic/home.js";
import { attempt, page, tell } from "../../screen.js";

const LINKS = [
    { url: "/pages/activities/activities", name: "找活动" },
    { url: "/pages/places/places", name: "我的报名" },
    { url: "/pages/records/records", name: "服务记录" },
    { url: "/pages/statement/statement", name: "对账单" },
    { url: "/pages/gifts/gifts", name: "积分兑换" },
    { url: "/pages/redemptions/redemptions", name: "我的兑换" },
    { url: "/pages/notices/notices", name: "公示" },
    { url: "/pages/objections/objections", name: "异议" },
    { url: "/pages/corrections/corrections", name: "更正申请" },
    { url: "/pages/certificates/certificates", name: "服务证明" },
    { url: "/pages/transfers/transfers", name: "关系转接" },
    { url: "/pages/contact/contact", name: "联系方式" },
    { url: "/pages/sessions/sessions", name: "登录的设备和微信" },
];

page({
    data: { home: null as Home | null, links: LINKS, isBusy: false, error: "" },

    onShow() {
        return this.read();
    },

    async onPullDownRefresh() {
        await this.read();
        await wx.stopPullDownRefresh();
    },

    read() {
        return attempt(this, async () => {
            this.setData({ home: await readHome(client) });
        });
    },

    async onSettle() {
        await attempt(this, async () => {
            const resumed = await client.resume();
            const open = resumed.filter((one) => "error" in one).length;
            tell(open === 0 ? "都有结果了" : "还有没完成的，请查看网络");
        });
        await this.read();
    },
});
