-- wrk script: each request asks for a token as the next of APPS applications.
-- TOKEN_BODY is the form, with %s where the application's id belongs; its own percent signs are
-- taken as they are.
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
local apps = tonumber(os.getenv("APPS"))
local before, after = os.getenv("TOKEN_BODY"):match("^(.-)%%s(.*)$")
local number = 0
refused = 0

function request()
  number = number % apps + 1
  return wrk.format(nil, nil, nil, before .. string.format("5e1f0c0e-0000-4000-8000-%012x", number) .. after)
end

function response(status)
  if status ~= 200 then refused = refused + 1 end
end

local threads = {}
function setup(thread) table.insert(threads, thread) end

function done(summary)
  local total = 0
  for _, thread in ipairs(threads) do total = total + thread:get("refused") end
  io.write(string.format("%d answers, %d refused\n", summary.requests, total))
end
