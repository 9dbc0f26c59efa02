// The official SignalR client against both hubs: connects, subscribes, prints every event it hears as one JSON line.
// Usage: node official_client.mjs NODE_MODULES USER_HUB MARKET_HUB TOKEN ACCOUNT CONTRACT EXPECTED_EVENTS
import { createRequire } from "node:module";

const [modules, userHub, marketHub, token, account, contract, expected] = process.argv.slice(2);
const signalR = createRequire(modules + "/")("@microsoft/signalr");

function connection(url) {
  return new signalR.HubConnectionBuilder()
    .withUrl(`${url}?access_token=${token}`, {
      skipNegotiation: true,
      transport: signalR.HttpTransportType.WebSockets,
      accessTokenFactory: () => token,
      timeout: 10000,
    })
    .configureLogging(signalR.LogLevel.Error)
    .build();
}

const wanted = new Set(expected.split(","));
const hubs = [connection(userHub), connection(marketHub)];
for (const target of wanted) {
  for (const hub of hubs) {
    hub.on(target, (...args) => {
      console.log(JSON.stringify({ target, args }));
      wanted.delete(target);
      if (wanted.size === 0) Promise.all(hubs.map((each) => each.stop())).then(() => process.exit(0));
    });
  }
}
await Promise.all(hubs.map((hub) => hub.start()));
await hubs[0].invoke("SubscribeAccounts");
for (const name of ["Orders", "Positions", "Trades"]) await hubs[0].invoke(`Subscribe${name}`, Number(account));
for (const name of ["Quotes", "Trades", "MarketDepth"]) await hubs[1].invoke(`SubscribeContract${name}`, contract);
await hubs[0].invoke("SubscribeNothing").catch((error) => console.log(JSON.stringify({ target: "error", args: [error.message] })));
console.log(JSON.stringify({ target: "ready", args: [] }));
setTimeout(() => { console.log(JSON.stringify({ target: "missing", args: [...wanted] })); process.exit(1); }, 8000);
