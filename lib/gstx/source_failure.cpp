// SPDX-License-Identifier: LGPL-2.1-or-later
// Failures to error messages and back.
#include "gstx/source_failure.hpp"

#include "base/text.hpp"
#include "gstx/contract.hpp"
#include "gstx/structure.hpp"
#include "gx/error.hpp"
#include "gx/handle.hpp"
#include "uri/redact.hpp"

namespace relevo::gstx {
namespace {

using policy::Failure;

/// The code of GStreamer's own that comes nearest, for applications that know no other.
GstResourceError code_of(const SourceFailure& failure) {
  switch (failure.kind) {
  case Failure::Refused:
  case Failure::Dns:
  case Failure::ConnectTimeout:
  case Failure::FirstByteTimeout: return GST_RESOURCE_ERROR_OPEN_READ;
  case Failure::Status:
    if (failure.status == 404 || failure.status == 410) return GST_RESOURCE_ERROR_NOT_FOUND;
    if (failure.status == 401 || failure.status == 403 || failure.status == 407)
      return GST_RESOURCE_ERROR_NOT_AUTHORIZED;
    return GST_RESOURCE_ERROR_OPEN_READ;
  case Failure::SlotRefused:
  case Failure::SlotTimeout: return GST_RESOURCE_ERROR_BUSY;
  default: return GST_RESOURCE_ERROR_READ;
  }
}

/// What GStreamer's own elements call it is the same for every cause; the cause stands below the place.
std::string cause_in(std::string_view debug) {
  const auto line = debug.find('\n');
  return line == std::string_view::npos ? "" : uri::redact_text(trim(debug.substr(line)));
}

Failure kind_of(const gx::GlibError& error) {
  if (error.is(GST_STREAM_ERROR)) return Failure::NotTransportStream;
  if (error.is(GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NOT_FOUND) ||
      error.is(GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_OPEN_READ))
    return Failure::Refused;
  return Failure::Other;
}

std::optional<Form> find_form(std::string_view name) noexcept {
  for (const Form form : {Form::TransportStream, Form::Playlist, Form::Container})
    if (name_of(form) == name) return form;
  return std::nullopt;
}

} // namespace

const char* name_of(Form form) noexcept {
  switch (form) {
  case Form::TransportStream: return "transport-stream";
  case Form::Playlist: return "playlist";
  case Form::Container: break;
  }
  return "container";
}

void post_failure(GstElement* element, const SourceFailure& failure) {
  Structure details(contract::kFailure);
  details.set(contract::kKind, std::string(policy::name_of(failure.kind)));
  if (failure.status != 0) details.set(contract::kStatus, std::int32_t{failure.status});
  if (failure.form) details.set(contract::kForm, name_of(*failure.form));
  gst_element_message_full_with_details(element, GST_MESSAGE_ERROR, GST_RESOURCE_ERROR, code_of(failure),
                                        g_strdup(failure.message.c_str()), g_strdup(failure.detail.c_str()),
                                        __FILE__, GST_FUNCTION, __LINE__, details.release());
}

SourceFailure read_failure(GstMessage* message) {
  gx::GlibError error;
  gchar* debug = nullptr;
  gst_message_parse_error(message, error.out(), &debug);
  const gx::CString owned(debug);
  SourceFailure failure{kind_of(error), 0, error.text(), debug ? debug : ""};
  const GstStructure* details = nullptr;
  gst_message_parse_error_details(message, &details);
  if (!details) {
    if (const auto cause = cause_in(failure.detail); !cause.empty())
      failure.message = concat(failure.message, " (", cause, ')');
    return failure;
  }
  if (const gchar* name = gst_structure_get_string(details, contract::kKind))
    failure.kind = policy::find_failure(name).value_or(Failure::Other);
  gst_structure_get_int(details, contract::kStatus, &failure.status);
  if (const gchar* name = gst_structure_get_string(details, contract::kForm)) failure.form = find_form(name);
  return failure;
}

} // namespace relevo::gstx
